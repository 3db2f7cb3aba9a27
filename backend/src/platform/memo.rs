//! Things that are read often and seldom written, kept in memory until they are; where other processes write too, for a second.

use std::hash::Hash;
use std::time::Duration;

use quick_cache::sync::Cache;
use rapi_core::Timestamp;

use super::db::{Db, Stamp};

/// Where others write too, what they wrote is seen after so long.
const TRUSTED_FOR: Duration = Duration::from_secs(1);

/// Values by key, with what they were read from.
pub struct Memo<K, V>(Cache<K, Kept<V>>);

#[derive(Clone)]
struct Kept<V> {
    value: V,
    stamp: Stamp,
    trusted_until: Timestamp,
}

impl<K: Eq + Hash, V: Clone> Memo<K, V> {
    /// Keeps at most about `most` values.
    #[must_use]
    pub fn of(most: usize) -> Self {
        Self(Cache::new(most))
    }

    /// What is kept, if it can still be relied on.
    pub fn get(&self, db: &Db, now: Timestamp, key: &K) -> Option<V> {
        let kept = self.0.get(key)?;
        let holds = db.changes().is_untouched_here(&kept.stamp) && (!db.is_shared() || now < kept.trusted_until);
        holds.then_some(kept.value)
    }

    /// What is kept, relied on or not: for what never changes of it.
    pub fn peek(&self, key: &K) -> Option<V> {
        self.0.get(key).map(|kept| kept.value)
    }

    /// Keeps what was read and committed.
    pub fn put(&self, now: Timestamp, key: K, value: V, stamp: Stamp) {
        self.0.insert(key, Kept { value, stamp, trusted_until: now + TRUSTED_FOR });
    }

    /// Lets go of it.
    pub fn remove(&self, key: &K) {
        self.0.remove(key);
    }
}
