//! All orders of a client: those that run, those that are done, those that were cancelled.

mod screen;
mod view;

pub use screen::{HistoryScreen, HistoryScreenProps};
pub use view::{HistoryView, Part};
