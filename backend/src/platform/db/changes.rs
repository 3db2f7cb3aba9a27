//! What has changed, so that what was read can be kept in memory until it does.
//!
//! Every write statement says which rows it may touch: its table, and the ids bound in it. A commit marks those; what was read
//! before is then stale. Nobody has to remember to say what she changes: a statement that names no id marks its whole table,
//! and one that cannot be read marks everything. Two names may share a mark, which costs a read and nothing else.
//!
//! This holds for one process alone with its database. On PostgreSQL others write too: there nothing counts as fresh.

use std::hash::{BuildHasher as _, Hash};
use std::sync::atomic::{AtomicU64, Ordering};

use sea_orm::{Statement, Value};
use smallvec::SmallVec;
use uuid::Uuid;

/// So many that two names seldom share one, and so few that they stay near the processor (2 MiB).
const MARKS: usize = 1 << 18;
/// Changed with everything.
const EVERYTHING: Mark = 0;
/// The first are of whole tables; rows have the others.
const OF_TABLES: Mark = 64;
/// In a [`Stamp`], instead of an id: whatever is written to the table makes it stale. For tables that are seldom written.
pub const ANY_ROW: Uuid = Uuid::nil();

/// Tables of which nothing is kept, and which are written with every step: their many ids would fall on the marks of others.
const NEVER_KEPT: [&str; 11] = [
    "answers",
    "event_counters",
    "events",
    "jobs",
    "journals",
    "location_devices",
    "location_history",
    "notifications",
    "order_transitions",
    "provider_positions",
    "wallet_transactions",
];

/// Of these columns nothing is kept, though of the others of their table: numbers that count with every order.
const COUNTED: [&str; 3] = ["total_orders", "total_completed_orders", "updated_at"];
/// And these have a name of their own: they change with every rating, and few look at them.
const RATED: [&str; 3] = ["average_rating", "rating_sum", "total_ratings"];
const PROFILES: &str = "user_profiles";
/// In a [`Stamp`], as a table: what the ratings of a provider come to, which is not among what `user_profiles` names.
pub const RATINGS: &str = "user_profiles.ratings";

/// When what was last written.
pub struct Changes {
    /// Counts commits.
    epoch: AtomicU64,
    /// The commit that last touched what falls on a mark.
    marks: Box<[AtomicU64]>,
    is_alone: bool,
}

/// What something was read from, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    epoch: u64,
    /// A bit for each mark of a table.
    tables: u64,
    /// Beside the epoch, not somewhere else in memory: a search looks at thousands of stamps.
    rows: SmallVec<[Mark; 6]>,
}

/// Marks to be set with a commit.
#[derive(Default)]
pub(super) struct Touched {
    marks: Vec<Mark>,
    /// Bits by the last digits of those: most that are not among them are known by this.
    likely: [u64; 16],
}

/// Marks of one statement.
pub(super) type Marks = SmallVec<[Mark; 12]>;

/// Which of the [`MARKS`].
type Mark = u32;

impl Changes {
    pub(super) fn new(is_alone: bool) -> Self {
        Self { epoch: AtomicU64::new(1), marks: (0..MARKS).map(|_| AtomicU64::new(0)).collect(), is_alone }
    }

    /// The present: to be asked before reading.
    #[must_use]
    pub fn epoch(&self) -> u64 {
        self.epoch.load(Ordering::SeqCst)
    }

    /// Has nothing that `stamp` names been written since, by anybody?
    #[must_use]
    pub fn is_fresh(&self, stamp: &Stamp) -> bool {
        self.is_alone && self.is_untouched_here(stamp)
    }

    /// Has this process written nothing that `stamp` names since? Others may have.
    #[must_use]
    pub fn is_untouched_here(&self, stamp: &Stamp) -> bool {
        let before = |mark: Mark| self.marks[mark as usize].load(Ordering::SeqCst) <= stamp.epoch;
        stamp.tables().all(before) && stamp.rows.iter().copied().all(before)
    }

    /// Before a commit: until it is over nobody knows who sees what, so nothing of this counts as fresh.
    pub(super) fn begin(&self, touched: &Touched) {
        touched.marks.iter().for_each(|mark| self.marks[*mark as usize].store(u64::MAX, Ordering::SeqCst));
    }

    /// After a commit, or when it failed.
    pub(super) fn commit(&self, touched: &Touched) {
        if !touched.marks.is_empty() {
            let epoch = self.epoch.fetch_add(1, Ordering::SeqCst) + 1;
            touched.marks.iter().for_each(|mark| self.marks[*mark as usize].store(epoch, Ordering::SeqCst));
        }
    }

    /// After somebody else wrote, nobody knows what.
    pub(super) fn commit_everything(&self) {
        self.commit(&Touched::by(&everything()));
    }
}

impl Stamp {
    /// Read at `epoch` from the rows of `tables` that these ids name, as their own or as what they belong to.
    #[must_use]
    pub fn new(epoch: u64, rows: &[(&str, Uuid)]) -> Self {
        debug_assert!(rows.iter().all(|(table, _)| !NEVER_KEPT.contains(table)), "changes of one of these are not noticed: {rows:?}");
        let tables = rows.iter().fold(1 << EVERYTHING, |tables, (table, _)| tables | 1 << of_table(table));
        let mut rows: SmallVec<_> = rows.iter().map(|(table, id)| of_row(table, *id)).collect();
        rows.sort_unstable();
        rows.dedup();
        Self { epoch, tables, rows }
    }

    /// The same rows, read at another time.
    #[must_use]
    pub(super) fn at(self, epoch: u64) -> Self {
        Self { epoch, ..self }
    }

    /// Is something that it names among what was touched?
    pub(super) fn is_among(&self, touched: &Touched) -> bool {
        !touched.marks.is_empty() && (self.tables().any(|mark| touched.has(mark)) || self.rows.iter().any(|mark| touched.has(*mark)))
    }

    /// Does a statement with these marks touch it?
    pub(super) fn is_touched_by(&self, statement: &Marks) -> bool {
        statement.iter().any(|mark| if *mark < OF_TABLES { self.tables >> mark & 1 != 0 } else { self.rows.contains(mark) })
    }

    fn tables(&self) -> impl Iterator<Item = Mark> {
        let mut left = self.tables;
        std::iter::from_fn(move || {
            let mark = (left != 0).then(|| left.trailing_zeros())?;
            left &= left - 1;
            Some(mark)
        })
    }
}

impl Touched {
    fn by(marks: &[Mark]) -> Self {
        let mut touched = Self::default();
        touched.add(marks);
        touched
    }

    fn has(&self, mark: Mark) -> bool {
        let (word, bit) = likely(mark);
        self.likely[word] & bit != 0 && self.marks.contains(&mark)
    }

    pub(super) fn add(&mut self, marks: &[Mark]) {
        for mark in marks {
            if !self.has(*mark) {
                let (word, bit) = likely(*mark);
                self.likely[word] |= bit;
                self.marks.push(*mark);
            }
        }
    }

    pub(super) fn take_in(&mut self, more: &Self) {
        self.add(&more.marks);
    }
}

fn likely(mark: Mark) -> (usize, u64) {
    (mark as usize / 64 % 16, 1 << (mark % 64))
}

fn of_table(table: &str) -> Mark {
    // The first is everything's.
    1 + hashed(table, OF_TABLES - 1)
}

fn of_row(table: &str, id: Uuid) -> Mark {
    OF_TABLES + hashed((table, id), MARKS as Mark - OF_TABLES)
}

fn hashed(name: impl Hash, below: Mark) -> Mark {
    let hash = foldhash::fast::FixedState::default().hash_one(name);
    Mark::try_from(hash % u64::from(below)).unwrap_or_default()
}

/// What a statement may change.
pub(super) fn touched(statement: &Statement) -> Marks {
    if only_reads(statement) {
        return Marks::new();
    }
    let sql = statement.sql.trim_start();
    let Some(table) = table(sql) else { return everything() };
    let kept = if table == PROFILES { of_profiles(sql) } else { Some(table) };
    let Some(table) = kept.filter(|table| !NEVER_KEPT.contains(table)) else { return Marks::new() };
    let values = statement.values.iter().flat_map(|values| values.0.iter());
    let mut touched: Marks = values.filter_map(id).map(|id| of_row(table, id)).collect();
    if touched.is_empty() {
        touched.push(of_table(table));
    }
    touched.push(of_row(table, ANY_ROW));
    touched
}

/// Whether it is a query that changes nothing.
pub(super) fn only_reads(statement: &Statement) -> bool {
    statement.sql.trim_start().starts_with("SELECT")
}

/// Whatever the statement is, it may change everything.
pub(super) fn everything() -> Marks {
    Marks::from_slice(&[EVERYTHING])
}

fn id(value: &Value) -> Option<Uuid> {
    match value {
        Value::Uuid(id) => *id,
        _ => None,
    }
}

/// What an `UPDATE "user_profiles" SET "column" = …, … WHERE …` changes of what is kept.
fn of_profiles(sql: &str) -> Option<&'static str> {
    let set = sql.strip_prefix("UPDATE").and_then(|rest| rest.split_once(" SET ")?.1.split_once(" WHERE "));
    let Some((changes, _)) = set else { return Some(PROFILES) };
    let is_of = |change: &str, some: &[&str]| {
        let column = change.strip_prefix('"').and_then(|rest| rest.split_once("\" = "));
        column.is_some_and(|(column, _)| some.contains(&column))
    };
    let mut others = changes.split(", ").filter(|change| !is_of(change, &COUNTED)).peekable();
    others.peek()?;
    Some(if others.all(|change| is_of(change, &RATED)) { RATINGS } else { PROFILES })
}

/// The table of `INSERT INTO "table" …`, `UPDATE "table" …`, `DELETE FROM "table" …`.
fn table(sql: &str) -> Option<&str> {
    let rest = ["INSERT INTO \"", "UPDATE \"", "DELETE FROM \""].iter().find_map(|verb| sql.strip_prefix(verb))?;
    rest.split_once('"').map(|(table, _)| table)
}

#[cfg(test)]
mod tests {
    use sea_orm::{DbBackend, Values};

    use super::*;

    fn written(changes: &Changes, sql: &str, ids: &[Uuid]) {
        let values = Values(ids.iter().map(|id| Value::Uuid(Some(*id))).collect());
        let statement = Statement { sql: sql.to_owned(), values: Some(values), db_backend: DbBackend::Sqlite };
        changes.commit(&Touched::by(&touched(&statement)));
    }

    #[test]
    fn what_was_read_is_stale_once_a_row_it_names_is_written() {
        let [one, other] = [Uuid::from_u128(1), Uuid::from_u128(2)];
        for (sql, ids, stays_fresh) in [
            ("UPDATE \"orders\" SET \"status\" = ? WHERE \"id\" = ?", vec![one], false),
            ("UPDATE \"orders\" SET \"status\" = ? WHERE \"id\" = ?", vec![other], true),
            ("UPDATE \"users\" SET \"name\" = ? WHERE \"id\" = ?", vec![one], true),
            ("SELECT \"id\" FROM \"orders\" WHERE \"id\" = ?", vec![one], true),
            ("DELETE FROM \"orders\" WHERE \"created_at\" < ?", vec![], false),
            ("DELETE FROM \"media\" WHERE \"created_at\" < ?", vec![], true),
            ("DELETE FROM \"answers\" WHERE \"caller\" = ?", vec![one], true),
            ("INSERT INTO \"orders\" (\"id\", \"client_id\") VALUES (?, ?)", vec![other, one], false),
            ("VACUUM", vec![], false),
        ] {
            let changes = Changes::new(true);
            let stamp = Stamp::new(changes.epoch(), &[("orders", one)]);
            assert!(changes.is_fresh(&stamp));
            written(&changes, sql, &ids);
            assert_eq!(changes.is_fresh(&stamp), stays_fresh, "{sql}");
            assert!(changes.is_fresh(&Stamp::new(changes.epoch(), &[("orders", one)])), "read anew it is fresh again");
        }
    }

    #[test]
    fn what_only_counts_makes_nothing_stale_and_ratings_only_what_looks_at_them() {
        let one = Uuid::from_u128(1);
        for (change, stays_fresh) in [
            ("\"total_orders\" = \"total_orders\" + ?, \"updated_at\" = ?", [true, true]),
            ("\"average_rating\" = ? / (\"total_ratings\" + ?), \"total_ratings\" = ?, \"updated_at\" = ?", [true, false]),
            ("\"total_orders\" = ?, \"bio\" = ?, \"average_rating\" = ?", [false, true]),
            ("\"updated_at\" = coalesce(?, \"average_rating\")", [false, true]),
        ] {
            let changes = Changes::new(true);
            let stamps = [PROFILES, RATINGS].map(|table| Stamp::new(changes.epoch(), &[(table, one)]));
            written(&changes, &format!("UPDATE \"user_profiles\" SET {change} WHERE \"user_id\" = ?"), &[one]);
            assert_eq!(stamps.map(|stamp| changes.is_fresh(&stamp)), stays_fresh, "{change}");
        }
    }

    #[test]
    fn while_a_commit_is_under_way_nothing_of_it_counts_as_fresh() {
        let (changes, one, other) = (Changes::new(true), Uuid::from_u128(1), Uuid::from_u128(2));
        let stamp = |id| Stamp::new(changes.epoch(), &[("orders", id)]);
        let (before, elsewhere) = (stamp(one), stamp(other));
        let touched = Touched::by(&[of_row("orders", one)]);
        changes.begin(&touched);
        let meanwhile = stamp(one);
        assert!(!changes.is_fresh(&before) && !changes.is_fresh(&meanwhile) && changes.is_fresh(&elsewhere));
        changes.commit(&touched);
        assert!(!changes.is_fresh(&before) && !changes.is_fresh(&meanwhile) && changes.is_fresh(&stamp(one)));
    }

    #[test]
    fn where_others_write_too_nothing_is_fresh() {
        let changes = Changes::new(false);
        assert!(!changes.is_fresh(&Stamp::new(changes.epoch(), &[])));
    }
}
