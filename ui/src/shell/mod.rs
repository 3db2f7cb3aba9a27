//! The frame of an app: theme, text, and the right screen for what is known.

mod door;
mod frame;
mod reach;
mod waiting;

pub use door::{Door, Person};
pub use frame::{Frame, FrameProps};
pub use reach::{Reach, ReachBanner, ReachBannerProps};
pub use waiting::{Waiting, WaitingSheet, WaitingSheetProps};
