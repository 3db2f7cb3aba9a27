//! Reading what is committed: now, or as it was at one moment.

use std::sync::Arc;

use async_trait::async_trait;
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, Statement};

use super::seen::Looks;
use super::sqlite::{self, Readers};

/// Each query sees what is committed when it begins.
#[derive(Clone)]
pub enum Reader {
    /// One of a few connections, used where the query is asked.
    #[expect(private_interfaces, reason = "what connections are is the database's own")]
    Sqlite(Arc<Readers>),
    /// A pool.
    Postgres(DatabaseConnection),
}

/// All queries see one moment. For reports.
pub enum Moment {
    /// A connection of its own, used on a thread that may wait.
    #[expect(private_interfaces, reason = "what connections are is the database's own")]
    Sqlite(sqlite::Moment),
    /// REPEATABLE READ.
    Postgres(DatabaseTransaction),
}

#[async_trait]
impl ConnectionTrait for Reader {
    fn get_database_backend(&self) -> DbBackend {
        match self {
            Self::Sqlite(_) => DbBackend::Sqlite,
            Self::Postgres(pool) => pool.get_database_backend(),
        }
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        match self {
            Self::Sqlite(_) => Err(no_writer()),
            Self::Postgres(pool) => pool.execute_raw(statement).await,
        }
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        match self {
            Self::Sqlite(_) => Err(no_writer()),
            Self::Postgres(pool) => pool.execute_unprepared(sql).await,
        }
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        match self {
            Self::Sqlite(readers) => Ok(readers.free().query(&statement, 1)?.pop()),
            Self::Postgres(pool) => pool.query_one_raw(statement).await,
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match self {
            Self::Sqlite(readers) => readers.free().query(&statement, usize::MAX),
            Self::Postgres(pool) => pool.query_all_raw(statement).await,
        }
    }
}

#[async_trait]
impl ConnectionTrait for Moment {
    fn get_database_backend(&self) -> DbBackend {
        match self {
            Self::Sqlite(_) => DbBackend::Sqlite,
            Self::Postgres(transaction) => transaction.get_database_backend(),
        }
    }

    async fn execute_raw(&self, _: Statement) -> Result<ExecResult, DbErr> {
        Err(no_writer())
    }

    async fn execute_unprepared(&self, _: &str) -> Result<ExecResult, DbErr> {
        Err(no_writer())
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        match self {
            Self::Sqlite(moment) => moment.apart(move |connection| Ok(connection.query(&statement, 1)?.pop())).await,
            Self::Postgres(transaction) => transaction.query_one_raw(statement).await,
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match self {
            Self::Sqlite(moment) => moment.apart(move |connection| connection.query(&statement, usize::MAX)).await,
            Self::Postgres(transaction) => transaction.query_all_raw(statement).await,
        }
    }
}

impl Looks for Reader {}

impl Looks for Moment {}

fn no_writer() -> DbErr {
    DbErr::Custom("this connection only reads: Db::write opens the others".to_owned())
}
