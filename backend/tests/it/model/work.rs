//! The work timer in the model: a span with holes.

use super::calls::{Refusal, Shows, conflict};
use super::world::{MINUTE, Stage, Time, Who, Work, World};

/// What is said of the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    Start,
    Pause,
    Resume,
    Stop,
}

impl Clock {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Pause => "pause",
            Self::Resume => "resume",
            Self::Stop => "stop",
        }
    }
}

impl Work {
    pub const fn status(&self) -> &'static str {
        match (self.end, self.is_paused) {
            (Some(_), _) => "COMPLETED",
            (None, true) => "PAUSED",
            (None, false) => "STARTED",
        }
    }

    /// All of the span but its holes.
    fn worked(&self, now: Time) -> Time {
        let end = self.end.unwrap_or(now);
        let rested: Time = self.pauses.iter().map(|(from, to)| to.unwrap_or(end) - from).sum();
        end - self.start - rested
    }

    /// Does it change anything, and may it?
    fn takes(&self, said: Clock) -> Result<bool, Refusal> {
        match (said, self.status()) {
            (Clock::Start, _) | (Clock::Pause, "PAUSED") | (Clock::Stop, "COMPLETED") => Ok(false),
            (Clock::Pause | Clock::Resume, "COMPLETED") => Err(conflict("work_stopped")),
            (Clock::Resume, "STARTED") if self.pauses.is_empty() => Err(conflict("work_not_paused")),
            (Clock::Resume, "STARTED") => Ok(false),
            _ => Ok(true),
        }
    }
}

impl World {
    /// Time worked until now, or until the order was called off: the clock runs while she works and at no other time.
    pub fn worked(&self, order: usize) -> Time {
        let row = &self.orders[order];
        let now = row.time_of(Stage::Cancelled).unwrap_or(self.now);
        row.work.as_ref().map_or(0, |work| work.worked(now))
    }

    pub fn clock(&mut self, order: usize, provider: usize, said: Clock, at: Option<Time>) -> Result<Shows, Refusal> {
        let (now, who) = (self.now, Who::Provider(provider));
        let row = self.visible(order, who)?;
        let (stage, arrived) = (row.stage, row.arrived);
        let changes = match &row.work {
            Some(work) => work.takes(said)?,
            None => true,
        };
        if !changes {
            return Ok(Shows::Work(order));
        }
        let begins = row.work.is_none();
        if stage != if begins { Stage::Arrived } else { Stage::Working } || begins != (said == Clock::Start) {
            return Err(conflict("invalid_transition"));
        }
        let last = row.work.as_ref().map_or(arrived.unwrap(), |work| work.last);
        let at = at.unwrap_or(now).min(now).max(last);
        let is_vouched = now - at <= MINUTE;
        let row = &mut self.orders[order];
        match (&mut row.work, said) {
            (Some(work), Clock::Pause) => {
                work.is_unsure |= !work.is_vouched || !is_vouched;
                (work.is_paused, work.last) = (true, at);
                work.pauses.push((at, None));
            }
            (Some(work), Clock::Resume) => {
                (work.is_paused, work.last, work.is_vouched) = (false, at, is_vouched);
                work.pauses.last_mut().unwrap().1 = Some(at);
            }
            (Some(work), Clock::Stop) => {
                work.is_unsure |= !work.is_paused && (!work.is_vouched || !is_vouched);
                (work.end, work.last) = (Some(at), at);
            }
            _ => {
                let (pauses, is_unsure) = (Vec::new(), false);
                row.work = Some(Work { start: at, end: None, pauses, is_paused: false, last: at, is_vouched, is_unsure, warned: 0 });
            }
        }
        match said {
            Clock::Start => {
                self.step(order, Stage::Working, Some(who), at);
                let client = Who::Client(self.orders[order].client);
                self.notice(client, order, "Pekerjaan dimulai");
            }
            Clock::Stop => {
                self.make_bill(order);
                self.finish(order, at);
            }
            _ => {}
        }
        let status = self.orders[order].work.as_ref().unwrap().status();
        self.tell_both(order, &format!("work_session.changed {status}"));
        Ok(Shows::Work(order))
    }
}
