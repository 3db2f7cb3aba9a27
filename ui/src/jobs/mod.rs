//! Jobs: what a provider has taken, from setting off to the rating; with a network or without.

mod clock;
#[cfg(test)]
pub(crate) mod fixtures;
mod forecast;
mod kind;
mod money;
mod moves;
mod on_the_way;
mod outcome;
mod parts;
mod screen;
mod sheets;
mod view;
mod way;
mod words;
mod working;

pub use clock::WorkClock;
pub use forecast::{Forecast, JobStep};
pub use kind::{kind_icon, kind_name, kind_of};
pub use money::{Cap, ESTIMATED_MINUTES, Earned, PLATFORM_PERCENT, estimate};
pub use moves::{MadeMove, Move, Moves};
pub use on_the_way::{OnTheWay, OnTheWayProps};
pub use outcome::{Outcome, OutcomeProps};
pub use parts::{ClientCard, ClientCardProps, TaskCard, TaskCardProps};
pub use screen::{JobScreen, JobScreenProps};
pub use sheets::{CancelSheet, CancelSheetProps, CashQuestion, CashQuestionProps};
pub use view::{BillView, CancelledBy, CancelledView, JobView, RatingView};
pub use way::WayAhead;
pub use words::method_word;
pub use working::{WorkClockPart, WorkClockPartProps};
