//! What SQLite refuses, in the words of the other driver: whoever handles errors of a database handles one kind.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::sync::Arc;

use rusqlite::ffi;
use sea_orm::{DbErr, RuntimeErr};
use sqlx::error::{DatabaseError, ErrorKind};

/// An extended result code and what SQLite says about it: <https://www.sqlite.org/rescode.html>.
#[derive(Debug)]
struct Failure {
    code: i32,
    message: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "(code: {}) {}", self.code, self.message)
    }
}

impl Error for Failure {}

impl DatabaseError for Failure {
    fn message(&self) -> &str {
        &self.message
    }

    fn code(&self) -> Option<Cow<'_, str>> {
        Some(self.code.to_string().into())
    }

    fn as_error(&self) -> &(dyn Error + Send + Sync + 'static) {
        self
    }

    fn as_error_mut(&mut self) -> &mut (dyn Error + Send + Sync + 'static) {
        self
    }

    fn into_error(self: Box<Self>) -> Box<dyn Error + Send + Sync + 'static> {
        self
    }

    fn kind(&self) -> ErrorKind {
        match self.code {
            ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID => ErrorKind::UniqueViolation,
            ffi::SQLITE_CONSTRAINT_FOREIGNKEY => ErrorKind::ForeignKeyViolation,
            ffi::SQLITE_CONSTRAINT_NOTNULL => ErrorKind::NotNullViolation,
            ffi::SQLITE_CONSTRAINT_CHECK => ErrorKind::CheckViolation,
            _ => ErrorKind::Other,
        }
    }
}

/// A statement failed.
pub(super) fn failed(error: rusqlite::Error, kind: fn(RuntimeErr) -> DbErr) -> DbErr {
    match error {
        rusqlite::Error::SqliteFailure(cause, message) => {
            let message = message.unwrap_or_else(|| cause.to_string());
            let failure = Failure { code: cause.extended_code, message };
            kind(RuntimeErr::SqlxError(Arc::new(sqlx::Error::Database(Box::new(failure)))))
        }
        // The statement or its values are at fault.
        other => kind(RuntimeErr::Internal(other.to_string())),
    }
}

/// A file could not be opened.
pub(super) fn open_failed(error: rusqlite::Error) -> DbErr {
    failed(error, DbErr::Conn)
}

/// Does another process write just now?
pub(super) fn is_busy(error: &sqlx::Error) -> bool {
    error
        .as_database_error()
        .and_then(|cause| cause.try_downcast_ref::<Failure>())
        .is_some_and(|failure| failure.code & 0xff == ffi::SQLITE_BUSY)
}
