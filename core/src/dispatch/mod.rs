//! Whom to offer an order to, and when: nearest first, in waves that grow wider.
//!
//! Pure planning over candidates somebody else has looked up. It must not know tables, positions' storage or
//! how an offer reaches a phone. Accepting is not decided here but by [`orders::step`](crate::orders::step()).

mod candidate;
mod hours;
mod passed_over;
mod plan;
mod rules;
#[cfg(test)]
mod tests;
mod wave;

pub use candidate::{Candidate, Job, Standing, eligible};
pub use hours::{Interval, NotWorkingHours, WorkingHours};
pub use passed_over::{PassedOver, UnknownReason};
pub use plan::{Offer, WavePlan, plan_wave};
pub use rules::DispatchRules;
pub use wave::{Wave, broadcast_due, wave_at};
