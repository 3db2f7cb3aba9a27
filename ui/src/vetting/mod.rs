//! Vetting: the papers of providers, one after the other, and what an admin decides on them.

mod model;
mod review;
mod screen;
mod viewer;

pub use model::{QueueLine, ReviewView, Turn, turn};
pub use review::{ReviewPanel, ReviewPanelProps};
pub(crate) use screen::waited;
pub use screen::{VettingScreen, VettingScreenProps, vetting_status};
pub use viewer::{Viewer, ViewerProps};
