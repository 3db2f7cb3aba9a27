//! One thing to be sent.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::values::Timestamp;

/// How it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// Does or makes something.
    Post,
    /// Sets something.
    Put,
    /// Changes a part of something.
    Patch,
    /// Takes something away.
    Delete,
}

/// Text that names no method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown method")]
pub struct UnknownMethod;

impl Method {
    /// The name in a request and in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

impl FromStr for Method {
    type Err = UnknownMethod;
    fn from_str(text: &str) -> Result<Self, UnknownMethod> {
        [Self::Post, Self::Put, Self::Patch, Self::Delete].into_iter().find(|m| m.as_str() == text).ok_or(UnknownMethod)
    }
}

/// What a person wants to be done.
#[derive(Clone, PartialEq)]
pub struct Intent {
    /// Idempotency key: the backend does it once, however often it hears of it.
    pub key: Uuid,
    /// Intents of one lane (one order) are sent in the order they were made.
    pub lane: String,
    /// How it is sent.
    pub method: Method,
    /// Where to, below the base of the interface.
    pub path: String,
    /// What with.
    pub body: serde_json::Value,
    /// When the person did it.
    pub occurred_at: Timestamp,
}

/// An intent in the queue, as it is kept.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Place in the queue; grows with every intent.
    pub position: u64,
    /// [`Intent::key`].
    pub key: Uuid,
    /// [`Intent::lane`].
    pub lane: String,
    /// [`Intent::method`].
    pub method: Method,
    /// [`Intent::path`].
    pub path: String,
    /// [`Intent::body`].
    pub body: serde_json::Value,
    /// [`Intent::occurred_at`].
    pub occurred_at: Timestamp,
    /// How often it was sent.
    pub attempts: u32,
    /// Not to be sent before.
    pub not_before: Timestamp,
}

impl Entry {
    /// A new entry at `position`, to be sent at once.
    #[must_use]
    pub fn new(intent: Intent, position: u64) -> Self {
        let Intent { key, lane, method, path, body, occurred_at } = intent;
        Self { position, key, lane, method, path, body, occurred_at, attempts: 0, not_before: Timestamp::default() }
    }
}

/// Bodies are people's business.
impl fmt::Debug for Intent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Intent").field("key", &self.key).field("method", &self.method).finish_non_exhaustive()
    }
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry")
            .field("position", &self.position)
            .field("key", &self.key)
            .field("method", &self.method)
            .field("attempts", &self.attempts)
            .field("not_before", &self.not_before)
            .finish_non_exhaustive()
    }
}
