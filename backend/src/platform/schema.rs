//! Migrations: plain SQL that both databases understand, owned by the module whose tables it makes.
//!
//! Types are `UUID`, `BIGINT`, `BOOLEAN`, `TEXT`, `DOUBLE PRECISION`, `JSONB`; times are microseconds, money whole rupiah.
//! Migrations only go forward, and the version before still runs on them.

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, TransactionTrait};
use sea_orm_migration::prelude::*;

use super::db::Db;

/// One step forward.
pub struct SqlMigration {
    /// `m<yyyymmdd>_<nn>_<what>`: unique, and sorted by age within its module.
    pub name: &'static str,
    /// Statements, separated by `;`.
    pub sql: &'static str,
}

impl MigrationName for SqlMigration {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for SqlMigration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(self.sql).await.map(|_| ())
    }
}

/// The tables of the platform itself.
pub struct PlatformMigrations;

impl MigratorTrait for PlatformMigrations {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(SqlMigration { name: "m20261122_01_platform", sql: include_str!("tables.sql") }),
            Box::new(SqlMigration {
                name: "m20261123_01_turns",
                sql: "ALTER TABLE events ADD COLUMN turn BIGINT; CREATE INDEX events_by_turn ON events (turn) WHERE turn IS NOT NULL;",
            }),
            // One row, written to see whether anything can be.
            Box::new(SqlMigration {
                name: "m20261122_10_probes",
                sql: "CREATE TABLE probes (id INTEGER PRIMARY KEY, written_at BIGINT NOT NULL)",
            }),
            // Ids grow with time, so events are forgotten by their ids.
            Box::new(SqlMigration { name: "m20261201_01_events_by_id", sql: "DROP INDEX events_by_age" }),
        ]
    }
}

/// Waits until no other process changes the schema, and keeps all others waiting as long as what is returned lives.
///
/// # Errors
/// When the database cannot be reached.
pub async fn alone(db: &Db) -> Result<Option<DatabaseTransaction>, DbErr> {
    let Some(pool) = db.postgres() else { return Ok(None) };
    let transaction = pool.begin().await?;
    // The number is any, only always the same.
    transaction.execute_unprepared("SELECT pg_advisory_xact_lock(7222001)").await?;
    Ok(Some(transaction))
}
