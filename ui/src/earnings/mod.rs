//! What work brings: the dashboard of a provider, and her numbers over time.

mod dashboard;
mod days;
mod stats;
#[cfg(test)]
mod tests;

pub use dashboard::{DashboardScreen, DashboardScreenProps, DashboardView, JobLine, Lead};
pub use days::{Measure, minutes_today, today};
pub use stats::{Period, StatsScreen, StatsScreenProps};
