//! What a person may do with an order now: the buttons of her screen.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Actor, Command, Order, step};
use crate::values::Timestamp;

/// Something a person may do; the name of a button.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Action {
    /// Take the order.
    Accept,
    /// Leave it to others.
    Decline,
    /// Set off.
    Depart,
    /// Say that one is at the door.
    Arrive,
    /// Begin the work.
    Start,
    /// Halt the clock of the work.
    Pause,
    /// Let it run again.
    Resume,
    /// End the work.
    Stop,
    /// Pay the bill.
    Pay,
    /// Say that the cash was received.
    ConfirmCash,
    /// Rate the work.
    Rate,
    /// End the order.
    Cancel,
}

/// Text that names no action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an action on an order")]
pub struct UnknownAction;

impl Action {
    /// Every action, in the order in which screens show them.
    pub const ALL: [Self; 12] = [
        Self::Accept,
        Self::Decline,
        Self::Depart,
        Self::Arrive,
        Self::Start,
        Self::Pause,
        Self::Resume,
        Self::Stop,
        Self::Pay,
        Self::ConfirmCash,
        Self::Rate,
        Self::Cancel,
    ];

    /// The word on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Decline => "decline",
            Self::Depart => "depart",
            Self::Arrive => "arrive",
            Self::Start => "start",
            Self::Pause => "pause",
            Self::Resume => "resume",
            Self::Stop => "stop",
            Self::Pay => "pay",
            Self::ConfirmCash => "confirm_cash",
            Self::Rate => "rate",
            Self::Cancel => "cancel",
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Action {
    type Err = UnknownAction;
    fn from_str(text: &str) -> Result<Self, UnknownAction> {
        Self::ALL.into_iter().find(|action| action.as_str() == text).ok_or(UnknownAction)
    }
}

/// Does the clock of the work run?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WorkState {
    /// It runs.
    Running,
    /// It is paused.
    Paused,
}

/// What `by` may do with `order` at `now`, in the order of [`Action::ALL`]. `work` is the clock of the work, `None`
/// when there is none. How a bill is paid is not known here: a client may pay and her provider may confirm cash
/// as long as a settlement would be taken.
#[must_use]
pub fn actions(order: &Order, by: Actor, work: Option<WorkState>, now: Timestamp) -> Vec<Action> {
    Action::ALL.into_iter().filter(|action| is_open(*action, order, by, work, now)).collect()
}

/// Asks [`step`] whether the move behind an action would move anything.
fn is_open(action: Action, order: &Order, by: Actor, work: Option<WorkState>, now: Timestamp) -> bool {
    let moves = |command: Command, by: Actor| step(order, &command, by, now).is_ok_and(|events| !events.is_empty());
    match action {
        Action::Accept | Action::Decline => moves(Command::Accept, by),
        Action::Depart => moves(Command::Depart, by),
        Action::Arrive => moves(Command::Arrive, by),
        Action::Start => moves(Command::Start, by),
        Action::Pause => work == Some(WorkState::Running) && moves(Command::Finish, by),
        Action::Resume => work == Some(WorkState::Paused) && moves(Command::Finish, by),
        Action::Stop => moves(Command::Finish, by),
        Action::Pay => by == Actor::Client(order.client) && moves(Command::Settle, Actor::System),
        Action::ConfirmCash => order.stage.provider().map(Actor::Provider) == Some(by) && moves(Command::Settle, Actor::System),
        Action::Rate => moves(Command::Rate, by),
        Action::Cancel => moves(Command::Cancel { reason: String::new() }, by),
    }
}
