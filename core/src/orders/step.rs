//! Who may move an order where: the one table of legal moves.

use std::time::Duration;

use super::{Actor, Command, Event, Order, Stage, Status};
use crate::values::Timestamp;

/// How long a paid order waits for its rating before it completes itself.
pub const AUTO_COMPLETE_AFTER: Duration = Duration::from_secs(24 * 60 * 60);

/// The reason kept when nobody took an order.
pub const NO_PROVIDER: &str = "no_provider";

/// Why a move was not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The order is not where this move starts.
    #[error("cannot {action} an order that is {status}")]
    InvalidTransition {
        /// Where it is.
        status: Status,
        /// The move, as [`Command::as_str`] names it.
        action: &'static str,
    },
    /// Another provider was faster.
    #[error("another provider has taken the order")]
    AlreadyTaken,
    /// The order belongs to other people.
    #[error("the order belongs to somebody else")]
    NotYours,
    /// This role never makes this move.
    #[error("not a move of this role")]
    WrongRole,
}

impl Refused {
    /// The stable code that clients key their own text by.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::InvalidTransition { .. } => "invalid_transition",
            Self::AlreadyTaken => "order_already_taken",
            Self::NotYours => "not_yours",
            Self::WrongRole => "wrong_role",
        }
    }
}

/// Every legal move of an order: what follows when `by` gives `command` at `now`. A pair that is not listed is refused.
///
/// Phones retry, so a move that lies behind an order is done already: it succeeds and nothing follows. A rating is
/// not: the stage does not know which one was given, so the keeper of ratings tells a repetition from a second one.
///
/// # Errors
/// [`Refused::WrongRole`] before [`Refused::NotYours`] or [`Refused::AlreadyTaken`] before
/// [`Refused::InvalidTransition`].
pub fn step(order: &Order, command: &Command, by: Actor, now: Timestamp) -> Result<Vec<Event>, Refused> {
    check_role(command, by)?;
    check_ownership(order, command, by)?;
    let events = match (command, by, &order.stage) {
        (Command::Accept, Actor::Provider(provider), Stage::Pending) => vec![Event::OrderAccepted { provider }],
        (Command::Depart, _, Stage::Accepted { .. }) => vec![Event::ProviderDeparted],
        (Command::Arrive, _, Stage::OnTheWay { .. }) => vec![Event::ProviderArrived],
        (Command::Start, _, Stage::Arrived { .. }) => vec![Event::WorkStarted],
        (Command::Finish, _, Stage::Working { .. }) => vec![Event::WorkFinished],
        (Command::Settle, _, Stage::AwaitingPayment { .. }) => vec![Event::OrderPaid { at: now }],
        (Command::Rate, _, Stage::AwaitingRating { .. }) => vec![Event::OrderRated, Event::OrderCompleted],
        (Command::AutoComplete, _, Stage::AwaitingRating { paid_at, .. }) if now >= *paid_at + AUTO_COMPLETE_AFTER => {
            vec![Event::OrderCompleted]
        }
        (Command::GiveUp, _, Stage::Pending) => vec![cancelled(by, NO_PROVIDER)],
        (Command::Cancel { reason }, _, stage) if may_cancel(by, stage) => vec![cancelled(by, reason)],
        (_, _, stage) if is_behind(command, by, stage) => vec![],
        _ => return Err(Refused::InvalidTransition { status: order.stage.status(), action: command.as_str() }),
    };
    Ok(events)
}

fn cancelled(by: Actor, reason: &str) -> Event {
    Event::OrderCancelled { by: by.user(), reason: reason.to_owned() }
}

/// Whose moves these are at all.
fn check_role(command: &Command, by: Actor) -> Result<(), Refused> {
    match (command, by) {
        (Command::Accept | Command::Depart | Command::Arrive | Command::Start | Command::Finish, Actor::Provider(_))
        | (Command::Rate, Actor::Client(_))
        | (Command::Cancel { .. }, Actor::Client(_) | Actor::Provider(_) | Actor::Admin(_))
        | (Command::Settle | Command::GiveUp | Command::AutoComplete, Actor::System) => Ok(()),
        _ => Err(Refused::WrongRole),
    }
}

/// People move their own orders only. An order without a provider is no provider's and yet not somebody else's:
/// there her move is refused for what the order is.
fn check_ownership(order: &Order, command: &Command, by: Actor) -> Result<(), Refused> {
    match (by, order.stage.provider()) {
        (Actor::Client(client), _) if client != order.client => Err(Refused::NotYours),
        (Actor::Provider(her), Some(provider)) if her != provider => {
            Err(if *command == Command::Accept { Refused::AlreadyTaken } else { Refused::NotYours })
        }
        _ => Ok(()),
    }
}

/// From where each role may end an order.
const fn may_cancel(by: Actor, stage: &Stage) -> bool {
    match (by, stage) {
        (_, Stage::Accepted { .. } | Stage::OnTheWay { .. } | Stage::Arrived { .. }) => true,
        (Actor::Client(_), Stage::Pending) => true,
        (Actor::Admin(_), stage) => !stage.is_over(),
        _ => false,
    }
}

/// Has this move, by this one, been made already?
fn is_behind(command: &Command, by: Actor, stage: &Stage) -> bool {
    match (command, stage) {
        (Command::Cancel { .. } | Command::GiveUp, Stage::Cancelled { by: who, .. }) => *who == by.user(),
        _ => matches!((arrives_at(command), progress(stage)), (Some(goal), Some(here)) if here >= goal),
    }
}

/// How far a stage is along the way; `None` off it.
const fn progress(stage: &Stage) -> Option<u8> {
    match stage {
        Stage::Pending => Some(0),
        Stage::Accepted { .. } => Some(1),
        Stage::OnTheWay { .. } => Some(2),
        Stage::Arrived { .. } => Some(3),
        Stage::Working { .. } => Some(4),
        Stage::AwaitingPayment { .. } => Some(5),
        Stage::AwaitingRating { .. } => Some(6),
        Stage::Completed { .. } => Some(7),
        Stage::Cancelled { .. } => None,
    }
}

/// How far along the way a move leads, for the moves that may be repeated.
const fn arrives_at(command: &Command) -> Option<u8> {
    match command {
        Command::Accept => Some(1),
        Command::Depart => Some(2),
        Command::Arrive => Some(3),
        Command::Start => Some(4),
        Command::Finish => Some(5),
        Command::Settle => Some(6),
        Command::AutoComplete => Some(7),
        Command::Rate | Command::Cancel { .. } | Command::GiveUp => None,
    }
}
