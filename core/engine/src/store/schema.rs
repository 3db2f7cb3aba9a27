//! The tables, and the way from each older version to the newest. Migrations are only ever added.

use rusqlite::{Connection, TransactionBehavior};

use super::StoreError;

/// `MIGRATIONS[n]` leads from `user_version` n to n + 1.
const MIGRATIONS: &[&str] = &["
    CREATE TABLE outbox (
        position INTEGER PRIMARY KEY AUTOINCREMENT,
        key TEXT NOT NULL UNIQUE,
        what TEXT NOT NULL,
        entry TEXT NOT NULL
    ) STRICT;
    CREATE TABLE orders (id TEXT PRIMARY KEY, detail TEXT NOT NULL) STRICT;
    CREATE TABLE slots (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
"];

/// The version of a file that this program makes.
#[expect(clippy::cast_possible_truncation, reason = "migrations are counted on fingers")]
const NEWEST: u32 = MIGRATIONS.len() as u32;

/// Brings the file to the newest version, in one transaction.
pub(super) fn migrate(db: &mut Connection) -> Result<(), StoreError> {
    let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version: u32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if version > NEWEST {
        return Err(StoreError::Newer);
    }
    for (step, number) in MIGRATIONS.iter().zip(1..).filter(|(_, number)| *number > version) {
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "user_version", number)?;
    }
    Ok(transaction.commit()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn migrating_twice_changes_nothing() {
        let mut db = Connection::open_in_memory().unwrap();
        migrate(&mut db).unwrap();
        db.execute("INSERT INTO slots VALUES ('owner', 'x')", []).unwrap();
        migrate(&mut db).unwrap();
        let kept: i64 = db.query_row("SELECT count(*) FROM slots", [], |row| row.get(0)).unwrap();
        assert_eq!(kept, 1);
    }

    #[test]
    fn a_file_of_a_newer_version_is_left_alone() {
        let mut db = Connection::open_in_memory().unwrap();
        db.pragma_update(None, "user_version", NEWEST + 1).unwrap();
        assert!(matches!(migrate(&mut db), Err(StoreError::Newer)));
    }
}
