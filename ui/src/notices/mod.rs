//! The inbox: notices, and where each leads.

mod model;
mod screen;

pub use model::NoticeView;
pub use screen::{NoticesScreen, NoticesScreenProps};
