//! What is the matter when nothing is wrong with the request: the disk is full or read-only, or the database is away.
//! All of them pass, so the caller is told what it is and when to try again.

use std::error::Error;
use std::io;
use std::time::Duration;

use sea_orm::{DbErr, RuntimeErr};
use sqlx::postgres::PgDatabaseError;

/// Something outside that must come back first. Reading may go on meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outage {
    /// There is no room to write.
    StorageFull,
    /// Nothing may be written.
    StorageReadOnly,
    /// Writing fails, and the database does not say why; the disk may, when it is asked.
    StorageFails,
    /// The database cannot be reached, or has no connection to spare.
    DatabaseAway,
}

impl Outage {
    /// The outage at the root of an error, if that is what it is.
    #[must_use]
    pub fn behind(error: &(dyn Error + 'static)) -> Option<Self> {
        let mut next = Some(error);
        while let Some(error) = next {
            let of_driver = || error.downcast_ref().and_then(of_driver);
            let of_disk = || error.downcast_ref().and_then(Self::of_disk);
            if let Some(outage) = error.downcast_ref().and_then(of_database).or_else(of_driver).or_else(of_disk) {
                return Some(outage);
            }
            next = error.source();
        }
        None
    }

    /// What a file system means by this.
    pub fn of_disk(error: &io::Error) -> Option<Self> {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Some(Self::StorageFull),
            io::ErrorKind::ReadOnlyFilesystem => Some(Self::StorageReadOnly),
            _ => None,
        }
    }

    /// Stable snake_case name.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::StorageFull => "storage_full",
            Self::StorageReadOnly => "storage_read_only",
            Self::StorageFails => "storage_failed",
            Self::DatabaseAway => "database_unavailable",
        }
    }

    /// In a sentence.
    #[must_use]
    pub const fn detail(self) -> &'static str {
        match self {
            Self::StorageFull => "there is no room to store anything just now; reading goes on",
            Self::StorageReadOnly => "nothing can be stored just now; reading goes on",
            Self::StorageFails => "storing fails just now; reading goes on",
            Self::DatabaseAway => "the database cannot be reached just now",
        }
    }

    /// When it is worth trying again: a database comes back by itself, a disk has to be seen to.
    #[must_use]
    pub const fn retry_after(self) -> Duration {
        match self {
            Self::DatabaseAway => Duration::from_secs(2),
            _ => Duration::from_secs(30),
        }
    }

    /// Did the disk refuse to store, so that it is certain that nothing was?
    #[must_use]
    pub const fn is_of_storage(self) -> bool {
        !matches!(self, Self::DatabaseAway)
    }
}

fn of_database(error: &DbErr) -> Option<Outage> {
    match error {
        DbErr::ConnectionAcquire(_) => Some(Outage::DatabaseAway),
        DbErr::Conn(RuntimeErr::SqlxError(cause))
        | DbErr::Exec(RuntimeErr::SqlxError(cause))
        | DbErr::Query(RuntimeErr::SqlxError(cause)) => of_driver(cause),
        _ => None,
    }
}

fn of_driver(error: &sqlx::Error) -> Option<Outage> {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => Some(Outage::DatabaseAway),
        sqlx::Error::Database(cause) => {
            let code = cause.code().unwrap_or_default();
            if cause.try_downcast_ref::<PgDatabaseError>().is_some() { of_postgres(&code) } else { of_sqlite(&code) }
        }
        _ => None,
    }
}

/// By SQLSTATE: <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
fn of_postgres(code: &str) -> Option<Outage> {
    match code {
        "53100" => Some(Outage::StorageFull),
        "25006" => Some(Outage::StorageReadOnly),
        "58030" => Some(Outage::StorageFails),
        "53300" | "57P01" | "57P02" | "57P03" => Some(Outage::DatabaseAway),
        _ if code.starts_with("08") => Some(Outage::DatabaseAway),
        _ => None,
    }
}

/// By the low byte of the extended result code: <https://www.sqlite.org/rescode.html>.
fn of_sqlite(code: &str) -> Option<Outage> {
    match code.parse::<i32>().ok()? & 0xff {
        13 => Some(Outage::StorageFull),
        8 => Some(Outage::StorageReadOnly),
        10 | 14 => Some(Outage::StorageFails),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outage_is_found_behind_what_it_caused() {
        let full = || io::Error::from(io::ErrorKind::StorageFull);
        assert_eq!(Outage::behind(&full()), Some(Outage::StorageFull));
        let store = object_store::Error::Generic { store: "folder", source: Box::new(full()) };
        assert_eq!(Outage::behind(&store), Some(Outage::StorageFull));
        let away = DbErr::Conn(RuntimeErr::SqlxError(sqlx::Error::PoolTimedOut.into()));
        assert_eq!(Outage::behind(&away), Some(Outage::DatabaseAway));
        assert_eq!(Outage::behind(&DbErr::Custom("else".into())), None);
    }

    #[test]
    fn databases_say_it_by_numbers() {
        assert_eq!(
            (of_sqlite("13"), of_sqlite("778"), of_sqlite("1032")),
            (Some(Outage::StorageFull), Some(Outage::StorageFails), Some(Outage::StorageReadOnly))
        );
        assert_eq!(
            (of_postgres("53100"), of_postgres("57P01"), of_postgres("23505")),
            (Some(Outage::StorageFull), Some(Outage::DatabaseAway), None)
        );
    }
}
