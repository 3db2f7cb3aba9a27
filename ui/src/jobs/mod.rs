//! Jobs: what a provider has taken, from setting off to the rating; with a network or without.

mod clock;
#[cfg(test)]
pub(crate) mod fixtures;
mod forecast;
mod kind;
mod money;
mod moves;
mod view;
mod way;

pub use clock::WorkClock;
pub use forecast::{Forecast, JobStep};
pub use kind::{kind_icon, kind_name, kind_of};
pub use money::{Cap, ESTIMATED_MINUTES, Earned, PLATFORM_PERCENT, estimate};
pub use moves::{MadeMove, Move, Moves};
pub use view::{BillView, CancelledBy, CancelledView, JobView, RatingView};
pub use way::WayAhead;
