//! When the phone samples its position, and when it sends what it sampled.
//!
//! On the way: every 5 s, live while somebody watches, else in batches. Waiting for an order: on movement, with a
//! heartbeat. Nothing is forgotten before it is confirmed: batches on their way are sent again, same number and same
//! bytes, when the connection comes back.
//!
//! Performs nothing: the shell samples and sends, and keeps [`Batcher::checkpoint`] before it performs
//! [`Effect::Send`], so that no number is used twice.

use std::collections::VecDeque;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Batch, Fix, TrackingRules, check};
use crate::values::Timestamp;

/// How closely the provider is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SamplingMode {
    /// Not at all.
    #[default]
    Off,
    /// Online, waiting for an order.
    Idle,
    /// On the way to a client.
    EnRoute,
}

/// Whether batches reach the backend just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Connection {
    /// They do; a connection that was lost and made again is told anew.
    Online,
    /// They do not.
    Offline,
}

/// What happens to the batcher.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// The phone sampled its position.
    Fix(Fix),
    /// Somebody looks at the map until then.
    Watched {
        /// The end of the lease.
        until: Timestamp,
    },
    /// The backend has stored this batch.
    Acked {
        /// [`Batch::sequence`].
        sequence: u64,
    },
    /// The provider went online, set off, arrived …
    Mode(SamplingMode),
    /// The connection was made or lost.
    Connected(Connection),
    /// The deadline has come.
    Tick,
}

/// What the shell is to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Publish this batch and tell when it was confirmed.
    Send(Batch),
    /// Sample in this rhythm; `None`: not at all.
    SetSampling {
        /// Time between two fixes.
        every: Option<Duration>,
    },
}

/// What survives the end of the process.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Checkpoint {
    mode: SamplingMode,
    next_sequence: u64,
    watched_until: Option<Timestamp>,
    last_good: Option<Fix>,
    last_idle: Option<Fix>,
    /// Fixes of no batch yet, and when the first of them came.
    pending: VecDeque<Fix>,
    pending_since: Option<Timestamp>,
    /// Batches on their way.
    unconfirmed: VecDeque<Batch>,
}

impl Checkpoint {
    /// No fix and no mode, but the numbering goes on: for a phone whose user has left.
    #[must_use]
    pub fn emptied(&self) -> Self {
        Self { next_sequence: self.next_sequence, ..Self::default() }
    }
}

/// Decides what is sampled and sent.
#[derive(Debug, Clone)]
pub struct Batcher {
    rules: TrackingRules,
    connection: Connection,
    state: Checkpoint,
}

impl Batcher {
    /// A batcher that is off and has never sent anything.
    #[must_use]
    pub fn new(rules: TrackingRules) -> Self {
        Self::restore(rules, Checkpoint::default())
    }

    /// Goes on where `checkpoint` was taken, offline until told otherwise. The shell starts sampling anew by telling
    /// the mode again.
    #[must_use]
    pub const fn restore(rules: TrackingRules, checkpoint: Checkpoint) -> Self {
        Self { rules, connection: Connection::Offline, state: checkpoint }
    }

    /// What must survive the end of the process.
    #[must_use]
    pub const fn checkpoint(&self) -> &Checkpoint {
        &self.state
    }

    /// The mode last told; a restored batcher still knows it.
    #[must_use]
    pub const fn mode(&self) -> SamplingMode {
        self.state.mode
    }

    /// When [`Input::Tick`] is due at the latest.
    #[must_use]
    pub fn deadline(&self) -> Option<Timestamp> {
        match self.connection {
            Connection::Online => self.state.pending_since.map(|since| since + self.rules.batch_for),
            Connection::Offline => None,
        }
    }

    /// Takes in what happened and says what to do about it.
    pub fn handle(&mut self, input: Input, now: Timestamp) -> Vec<Effect> {
        let mut effects = Vec::new();
        match input {
            Input::Fix(fix) => self.take(fix, now),
            Input::Watched { until } => self.state.watched_until = self.state.watched_until.max(Some(until)),
            Input::Acked { sequence } => self.state.unconfirmed.retain(|batch| batch.sequence != sequence),
            Input::Mode(mode) => effects.push(self.change_mode(mode)),
            Input::Connected(Connection::Online) => {
                self.connection = Connection::Online;
                effects.extend(self.state.unconfirmed.iter().cloned().map(Effect::Send));
            }
            Input::Connected(Connection::Offline) => self.connection = Connection::Offline,
            Input::Tick => {}
        }
        effects.extend(self.send_due(now).into_iter().map(Effect::Send));
        effects
    }

    fn change_mode(&mut self, mode: SamplingMode) -> Effect {
        if mode != SamplingMode::Idle {
            self.state.last_idle = None;
        }
        self.state.mode = mode;
        let every = match mode {
            SamplingMode::Off => None,
            SamplingMode::Idle => Some(self.rules.idle_every),
            SamplingMode::EnRoute => Some(self.rules.sample_every),
        };
        Effect::SetSampling { every }
    }

    fn take(&mut self, fix: Fix, now: Timestamp) {
        if check(&fix, self.state.last_good.as_ref(), now, &self.rules).is_err() {
            return self.doubt_last_good(now);
        }
        self.state.last_good = Some(fix);
        let wanted = match self.state.mode {
            SamplingMode::Off => false,
            SamplingMode::Idle => self.is_news(&fix),
            SamplingMode::EnRoute => true,
        };
        if wanted {
            if self.state.mode == SamplingMode::Idle {
                self.state.last_idle = Some(fix);
            }
            self.state.pending_since.get_or_insert(now);
            self.state.pending.push_back(fix);
            self.forget_oldest();
        }
    }

    /// A last good fix that lies ahead of the clock would refuse everything until the clock has caught up.
    fn doubt_last_good(&mut self, now: Timestamp) {
        if self.state.last_good.is_some_and(|last| last.at.since(now) > self.rules.max_ahead) {
            self.state.last_good = None;
        }
    }

    fn is_news(&self, fix: &Fix) -> bool {
        self.state.last_idle.is_none_or(|last| {
            let quiet = fix.at.since(last.at);
            let moved = last.position.meters_to(fix.position) > self.rules.idle_move_meters;
            quiet >= self.rules.heartbeat || moved && quiet >= self.rules.idle_every
        })
    }

    /// Keeps the memory bounded; batches on their way are older than what is pending, and go whole.
    fn forget_oldest(&mut self) {
        let on_the_way: usize = self.state.unconfirmed.iter().map(|batch| batch.fixes.len()).sum();
        if on_the_way + self.state.pending.len() > self.rules.max_kept_fixes && self.state.unconfirmed.pop_front().is_none() {
            self.state.pending.pop_front();
        }
    }

    fn send_due(&mut self, now: Timestamp) -> Vec<Batch> {
        let mut batches = Vec::new();
        while self.is_due(now) {
            let size = self.state.pending.len().min(self.rules.max_batch_fixes.max(1));
            let fixes = self.state.pending.drain(..size).collect();
            let batch = Batch { sequence: self.state.next_sequence, fixes };
            self.state.next_sequence += 1;
            self.state.unconfirmed.push_back(batch.clone());
            batches.push(batch);
        }
        if self.state.pending.is_empty() {
            self.state.pending_since = None;
        }
        batches
    }

    fn is_due(&self, now: Timestamp) -> bool {
        if self.connection == Connection::Offline || self.state.pending.is_empty() {
            return false;
        }
        let watched = self.state.watched_until.is_some_and(|until| now < until);
        let collected = self.state.pending_since.is_none_or(|since| now.since(since) >= self.rules.batch_for);
        let full = self.state.pending.len() >= self.rules.max_batch_fixes;
        self.state.mode != SamplingMode::EnRoute || watched || collected || full
    }
}
