//! What all apps show of an order: what it is, how it stands, what happened to it and what it costs.

mod bill;
mod card;
mod clock;
mod notes;
mod payment;
mod service;
mod standing;
mod timeline;

#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
mod tests;

pub use bill::{BillLines, BillLinesProps, BillView};
pub use card::{OrderCard, OrderCardProps, OrderCardView, Side};
pub use clock::{ClockState, WorkClock};
pub use notes::{NotesCard, NotesCardProps, NotesView};
pub use payment::{method_icon, method_word, payment_tone, payment_word};
pub use service::{ServiceName, category_icon, category_name, icon_of_slug};
pub use standing::Standing;
pub use timeline::{Timeline, TimelineProps, TimelineStep, timeline};
