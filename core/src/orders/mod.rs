//! The life of an order: its stages, who may move it where, and what each person may do next.
//!
//! One function, [`step`], decides; the backend runs it as the authority, the apps as a forecast. It must not know
//! tables, wires, money or clocks: what happened comes in as a [`Command`], what follows leaves as [`Event`]s.

mod actions;
mod actor;
mod command;
mod event;
mod grid;
mod stage;
mod status;
mod step;
#[cfg(test)]
mod tests;
mod zone;

pub use actions::{Action, UnknownAction, WorkState, actions};
pub use actor::Actor;
pub use command::Command;
pub use event::Event;
pub use grid::grid_markdown;
pub use stage::{Order, Stage};
pub use status::{PayStage, Status, UnknownPayStage, UnknownStatus};
pub use step::{AUTO_COMPLETE_AFTER, NO_PROVIDER, Refused, step};
pub use zone::Zone;
