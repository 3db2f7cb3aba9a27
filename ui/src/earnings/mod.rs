//! What work brings: the dashboard of a provider, and her numbers over time.

mod cards;
mod dashboard;
mod days;
mod stats;
#[cfg(test)]
mod tests;
mod view;

pub use dashboard::{DashboardScreen, DashboardScreenProps};
pub use days::{Measure, minutes_today, today};
pub use stats::{Period, StatsScreen, StatsScreenProps};
pub use view::{DashboardView, JobLine, Lead};
