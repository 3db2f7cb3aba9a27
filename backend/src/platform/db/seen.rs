//! Rows that are read once, whoever asks: those a unit of work has read or written and nobody else can change before it is done;
//! and, where nobody else writes at all, those that units before it have left behind.

use std::any::{Any, TypeId};
use std::fmt::Debug;
use std::sync::Arc;

use quick_cache::sync::Cache;
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::changes::{Stamp, Touched};

/// So many are remembered, of some 1 KiB each.
const REMEMBERED: usize = 16_384;

/// What may be kept, under an id of its own.
pub trait Keep: Clone + Debug + PartialEq + Send + Sync + 'static {
    /// The rows it was read from, each by its table and by an id that whoever writes to it binds.
    fn rows(&self) -> Vec<(&'static str, Uuid)>;
}

/// A connection that may know already what it is asked for.
pub trait Looks: ConnectionTrait {
    /// Is what it sees of the rows that `stamp` names committed, and nothing else? So it is where nobody writes.
    fn is_committed(&self, stamp: &Stamp) -> bool {
        let _ = stamp;
        true
    }

    /// What there is of `of`: what `read` finds, unless that is known.
    ///
    /// # Errors
    /// When it cannot be read.
    fn look<K: Keep>(
        &self,
        of: Uuid,
        read: impl Future<Output = Result<Option<K>, DbErr>> + Send,
    ) -> impl Future<Output = Result<Option<K>, DbErr>> + Send {
        let _ = of;
        read
    }
}

/// What a unit keeps, until a statement of it may have touched that.
#[derive(Default)]
pub(super) struct Seen(Vec<Row>);

/// What is kept.
pub(super) struct Row {
    key: Key,
    stamp: Stamp,
    value: Arc<dyn Any + Send + Sync>,
}

/// Of what kind, and whose.
type Key = (TypeId, Uuid);

impl Seen {
    pub(super) fn keep<K: Keep>(&mut self, of: Uuid, value: K) {
        let key = (TypeId::of::<K>(), of);
        self.0.retain(|row| row.key != key);
        self.0.push(Row { key, stamp: Stamp::new(0, &value.rows()), value: Arc::new(value) });
    }

    pub(super) fn get<K: Keep>(&self, of: Uuid) -> Option<K> {
        self.get_untouched(of, &Touched::default())
    }

    /// The same, if it is not among what was `touched`.
    pub(super) fn get_untouched<K: Keep>(&self, of: Uuid, touched: &Touched) -> Option<K> {
        let key = (TypeId::of::<K>(), of);
        let row = self.0.iter().rev().find(|row| row.key == key)?;
        if row.stamp.is_among(touched) { None } else { row.value.downcast_ref::<K>().cloned() }
    }

    pub(super) fn forget(&mut self, is_touched: impl Fn(&Stamp) -> bool) {
        self.0.retain(|row| !is_touched(&row.stamp));
    }

    /// Whoever comes later in the same group has more to say.
    pub(super) fn extend(&mut self, later: Self) {
        self.0.extend(later.0);
    }
}

/// What units have left behind, until somebody writes to it.
pub(super) struct Remembered(Cache<Key, (Stamp, Arc<dyn Any + Send + Sync>)>);

impl Default for Remembered {
    fn default() -> Self {
        Self(Cache::new(REMEMBERED))
    }
}

impl Remembered {
    /// What a group had seen when it was committed, at `epoch`.
    pub(super) fn put(&self, seen: Seen, epoch: u64) {
        for Row { key, stamp, value } in seen.0 {
            self.0.insert(key, (stamp.at(epoch), value));
        }
    }

    /// What was left, if it is still so.
    pub(super) fn get<K: Keep>(&self, of: Uuid, is_so: impl FnOnce(&Stamp) -> bool) -> Option<K> {
        let (stamp, value) = self.0.get(&(TypeId::of::<K>(), of))?;
        if is_so(&stamp) { value.downcast_ref::<K>().cloned() } else { None }
    }
}
