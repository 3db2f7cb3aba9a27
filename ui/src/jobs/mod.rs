//! Jobs: what a provider has taken, from setting off to the rating; with a network or without.

mod clock;
#[cfg(test)]
pub(crate) mod fixtures;
mod forecast;
mod list;
mod money;
mod moves;
mod on_the_way;
mod outcome;
mod parts;
mod screen;
mod sheets;
#[cfg(test)]
mod tests;
mod view;
mod way;
mod words;
mod working;

pub use clock::WorkClock;
pub use forecast::{Forecast, JobStep, step_of_item};
pub use list::{HistoryView, JobsScreen, JobsScreenProps, Shelf};
pub use money::{Cap, ESTIMATED_MINUTES, Earned, PLATFORM_PERCENT, estimate};
pub use moves::{MadeMove, Move, Moves};
pub use on_the_way::{OnTheWay, OnTheWayProps};
pub use outcome::{Outcome, OutcomeProps};
pub use parts::{ClientCard, ClientCardProps, TaskCard, TaskCardProps};
pub use screen::{JobScreen, JobScreenProps};
pub use sheets::{CancelSheet, CancelSheetProps, CashQuestion, CashQuestionProps};
pub use view::{BillView, CancelledBy, CancelledView, JobView, RatingView};
pub use way::WayAhead;
pub use working::{WorkClockPart, WorkClockPartProps};
