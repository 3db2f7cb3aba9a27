//! What a provider does with a job, and what of it has yet to be heard by the backend.

use rapi_core::Timestamp;
use rapi_core::wire::orders::OrderDetail;

/// Something a provider does with a job of hers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// Sets off.
    Depart,
    /// Is at the door.
    Arrive,
    /// Begins.
    Start,
    /// Takes a break.
    Pause,
    /// Goes on.
    Resume,
    /// Is done.
    Stop,
    /// Has the cash in her hand.
    ConfirmCash,
    /// Calls it off.
    Cancel,
}

impl Move {
    /// The move behind what the engine was asked for; nothing when it moves no job.
    #[must_use]
    pub fn of(what: &str) -> Option<Self> {
        Some(match what {
            "depart" => Self::Depart,
            "arrive" => Self::Arrive,
            "start_work" => Self::Start,
            "pause_work" => Self::Pause,
            "resume_work" => Self::Resume,
            "stop_work" => Self::Stop,
            "confirm_cash" => Self::ConfirmCash,
            "cancel" => Self::Cancel,
            _ => return None,
        })
    }
}

/// A move that was made on this device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeMove {
    /// Names it.
    pub key: String,
    /// Which.
    pub kind: Move,
    /// When, by this device's clock.
    pub at: Timestamp,
}

/// The moves that the last known state of a job does not show yet: those that wait to be sent, and those the backend has taken
/// but whose effect has not come back. Without the latter a screen would fall back for a moment.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Moves {
    waiting: Vec<MadeMove>,
    taken: Vec<MadeMove>,
    known: Option<Box<OrderDetail>>,
}

impl Moves {
    /// How the moves stand once `waiting` wait, those with `refused` keys were refused and `detail` is known.
    #[must_use]
    pub fn next(&self, waiting: Vec<MadeMove>, refused: &[String], detail: &OrderDetail) -> Self {
        let is_news = self.known.as_deref() != Some(detail);
        let gone = self.waiting.iter().filter(|made| !waiting.iter().any(|still| still.key == made.key) && !refused.contains(&made.key));
        let taken = if is_news { Vec::new() } else { self.taken.iter().chain(gone).cloned().collect() };
        Self { waiting, taken, known: Some(Box::new(detail.clone())) }
    }

    /// What the last known state has to be moved by, in order.
    #[must_use]
    pub fn ahead(&self) -> Vec<MadeMove> {
        self.taken.iter().chain(&self.waiting).cloned().collect()
    }

    /// How many wait to be sent.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::fixtures::{at, job, made};

    #[test]
    fn what_the_backend_took_counts_until_its_effect_is_known() {
        let (accepted, departed) = (job("ACCEPTED"), job("ON_THE_WAY"));
        let moves = Moves::default().next(vec![made(Move::Depart, 10)], &[], &accepted);
        assert_eq!((moves.waiting(), moves.ahead().len()), (1, 1));
        let moves = moves.next(vec![], &[], &accepted);
        assert_eq!((moves.waiting(), moves.ahead()), (0, vec![made(Move::Depart, 10)]));
        assert_eq!(moves.next(vec![], &[], &departed).ahead(), []);
    }

    #[test]
    fn what_was_refused_counts_no_more() {
        let accepted = job("ACCEPTED");
        let moves = Moves::default().next(vec![made(Move::Depart, 10)], &[], &accepted);
        assert_eq!(moves.next(vec![], &[made(Move::Depart, 10).key], &accepted).ahead(), []);
    }

    #[test]
    fn only_moves_of_a_job_are_moves() {
        assert_eq!(Move::of("start_work"), Some(Move::Start));
        assert_eq!([Move::of("seen"), Move::of("accept"), Move::of("rate")], [None; 3]);
        assert_eq!(made(Move::Start, 3).at, at(3));
    }
}
