//! The queue itself: lanes, one entry of each on its way at a time.
//!
//! The shell performs the effects in their order, and has kept an entry before it sends it or tells the person that
//! it was taken in. After a restart every kept entry is sent (again), with its own key.

use std::collections::{BTreeMap, HashSet};

use uuid::Uuid;

use super::{Entry, Intent, LONGEST_DELAY, delay_after};
use crate::values::Timestamp;

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is done, now or already before.
    Done,
    /// The backend will not do it.
    Refused {
        /// The answer's stable code.
        code: String,
    },
    /// Nobody knows: no answer, a failing backend, slow down, sign in first. Ask again.
    Retry,
}

/// How an intent ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// It is done.
    Done,
    /// It will not be done.
    Refused {
        /// The answer's stable code.
        code: String,
    },
}

/// What happens to the queue.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// The person wants something; a key that is in the queue already is taken in once.
    Enqueue(Intent),
    /// The request has left; the wait for its answer starts anew.
    Sent {
        /// Whose.
        key: Uuid,
    },
    /// There is an answer, or it is certain that none will come.
    Answered {
        /// To whom.
        key: Uuid,
        /// Which.
        outcome: Outcome,
    },
    /// The backend may be reached.
    Online,
    /// It cannot.
    Offline,
    /// The deadline has come.
    Tick,
}

/// What the shell is to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Keep this entry, in place of the one with the same key.
    Persist(Entry),
    /// Forget that entry.
    Remove {
        /// Which.
        key: Uuid,
    },
    /// Send it and tell how it went.
    Send(Entry),
    /// Tell whoever cares how it ended. Comes before [`Effect::Remove`]: rather told twice than never.
    Report {
        /// What.
        key: Uuid,
        /// How.
        result: Delivery,
    },
}

#[derive(Debug, Clone)]
struct Waiting {
    entry: Entry,
    /// Sent, and given up at this time if there is no answer.
    answer_due: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    Online,
    Offline,
}

/// The queue of everything that is not yet known to be done.
#[derive(Debug, Clone)]
pub struct Outbox {
    queue: BTreeMap<u64, Waiting>,
    link: Link,
}

impl Default for Outbox {
    fn default() -> Self {
        Self::new()
    }
}

impl Outbox {
    /// An empty queue, offline until told otherwise.
    #[must_use]
    pub const fn new() -> Self {
        Self { queue: BTreeMap::new(), link: Link::Offline }
    }

    /// The queue as it was kept, offline until told otherwise. Everything is due at once.
    #[must_use]
    pub fn restore(mut entries: Vec<Entry>) -> Self {
        entries.sort_by_key(|entry| entry.position);
        let mut outbox = Self::new();
        for entry in entries {
            // No entry is lost, should two ever claim one position.
            let position = entry.position.max(outbox.next_position());
            let entry = Entry { position, not_before: Timestamp::default(), ..entry };
            outbox.queue.insert(position, Waiting { entry, answer_due: None });
        }
        outbox
    }

    fn next_position(&self) -> u64 {
        self.queue.last_key_value().map_or(0, |(last, _)| last + 1)
    }

    /// What must survive the end of the process, oldest first; the same as was kept by [`Effect::Persist`].
    pub fn checkpoint(&self) -> impl Iterator<Item = &Entry> {
        self.queue.values().map(|waiting| &waiting.entry)
    }

    /// How many intents wait for their end.
    #[must_use]
    pub fn len(&self) -> usize {
        self.queue.len()
    }

    /// Is everything done?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.queue.is_empty()
    }

    /// When [`Input::Tick`] is due at the latest; `None` while offline or when there is nothing to do.
    #[must_use]
    pub fn deadline(&self) -> Option<Timestamp> {
        match self.link {
            Link::Online => self.heads().map(|head| head.answer_due.unwrap_or(head.entry.not_before)).min(),
            Link::Offline => None,
        }
    }

    /// Takes in what happened and says what to do about it.
    pub fn handle(&mut self, input: Input, now: Timestamp) -> Vec<Effect> {
        let mut effects = match input {
            Input::Enqueue(intent) => self.enqueue(intent),
            Input::Sent { key } => self.sent(key, now),
            Input::Answered { key, outcome } => self.answered(key, outcome, now),
            Input::Online => self.online(),
            Input::Offline => self.offline(),
            Input::Tick => self.give_up_waiting(now),
        };
        effects.extend(self.send_due(now));
        effects
    }

    /// The first entry of each lane.
    fn heads(&self) -> impl Iterator<Item = &Waiting> {
        let mut lanes = HashSet::new();
        self.queue.values().filter(move |waiting| lanes.insert(waiting.entry.lane.as_str()))
    }

    fn find(&mut self, key: Uuid) -> Option<&mut Waiting> {
        self.queue.values_mut().find(|waiting| waiting.entry.key == key)
    }

    fn enqueue(&mut self, intent: Intent) -> Vec<Effect> {
        if self.find(intent.key).is_some() {
            return Vec::new();
        }
        let position = self.next_position();
        let entry = Entry::new(intent, position);
        self.queue.insert(position, Waiting { entry: entry.clone(), answer_due: None });
        vec![Effect::Persist(entry)]
    }

    fn sent(&mut self, key: Uuid, now: Timestamp) -> Vec<Effect> {
        if let Some(due) = self.find(key).and_then(|waiting| waiting.answer_due.as_mut()) {
            *due = now + LONGEST_DELAY;
        }
        Vec::new()
    }

    /// An end counts whenever it is heard of; another try only if one is under way.
    fn answered(&mut self, key: Uuid, outcome: Outcome, now: Timestamp) -> Vec<Effect> {
        let Some(waiting) = self.find(key) else { return Vec::new() };
        let position = waiting.entry.position;
        let result = match outcome {
            Outcome::Done => Delivery::Done,
            Outcome::Refused { code } => Delivery::Refused { code },
            Outcome::Retry => return waiting.try_later(now).into_iter().collect(),
        };
        self.queue.remove(&position);
        vec![Effect::Report { key, result }, Effect::Remove { key }]
    }

    /// A connection that came back is a reason not to wait any longer.
    fn online(&mut self) -> Vec<Effect> {
        if self.link == Link::Offline {
            self.link = Link::Online;
            for waiting in self.queue.values_mut() {
                waiting.entry.not_before = Timestamp::default();
            }
        }
        Vec::new()
    }

    /// Answers that are still out may come or not; the backend knows the keys, so asking again does no harm.
    fn offline(&mut self) -> Vec<Effect> {
        self.link = Link::Offline;
        for waiting in self.queue.values_mut() {
            waiting.answer_due = None;
        }
        Vec::new()
    }

    fn give_up_waiting(&mut self, now: Timestamp) -> Vec<Effect> {
        let overdue = |waiting: &&mut Waiting| waiting.answer_due.is_some_and(|due| has_come(due, now));
        self.queue.values_mut().filter(overdue).filter_map(|waiting| waiting.try_later(now)).collect()
    }

    fn send_due(&mut self, now: Timestamp) -> Vec<Effect> {
        if self.link == Link::Offline {
            return Vec::new();
        }
        let is_due = |head: &&Waiting| head.answer_due.is_none() && has_come(head.entry.not_before, now);
        let due: Vec<u64> = self.heads().filter(is_due).map(|head| head.entry.position).collect();
        let mut effects = Vec::new();
        for position in due {
            if let Some(waiting) = self.queue.get_mut(&position) {
                waiting.entry.attempts = waiting.entry.attempts.saturating_add(1);
                waiting.answer_due = Some(now + LONGEST_DELAY);
                effects.extend([Effect::Persist(waiting.entry.clone()), Effect::Send(waiting.entry.clone())]);
            }
        }
        effects
    }
}

impl Waiting {
    fn try_later(&mut self, now: Timestamp) -> Option<Effect> {
        self.answer_due.take()?;
        self.entry.not_before = now + delay_after(self.entry.attempts);
        Some(Effect::Persist(self.entry.clone()))
    }
}

/// Has that time come? So has one further ahead than anybody ever waits: then the clock was set back.
fn has_come(time: Timestamp, now: Timestamp) -> bool {
    time <= now || time.since(now) > LONGEST_DELAY
}
