//! Migrations: plain SQL that both databases understand, owned by the module whose tables it makes.
//!
//! Types are `UUID`, `BIGINT`, `BOOLEAN`, `TEXT`, `DOUBLE PRECISION`, `JSONB`; times are microseconds, money whole rupiah.
//! Migrations only go forward, and the version before still runs on them.

use std::borrow::Cow;

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, Statement, TransactionTrait};
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
        let connection = manager.get_connection();
        let is_sqlite = connection.get_database_backend() == DbBackend::Sqlite;
        let sql = if is_sqlite { alternatives(self.sql).into() } else { Cow::Borrowed(self.sql) };
        connection.execute_unprepared(&sql).await.map(|_| ())
    }
}

/// `a IN ('x', 'y', 'z')` as `(a = 'x' OR a = 'y' OR a = 'z')`: SQLite makes a table of a list of more than two, each time it checks
/// a row by it.
fn alternatives(sql: &str) -> String {
    let mut pieces = sql.split(" IN (");
    let mut made = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let start = made.rfind([' ', '(']).map_or(0, |before| before + 1);
        let listed = piece.split_once(')').map(|(list, rest)| (list.split(", ").collect::<Vec<_>>(), rest));
        match listed {
            Some((list, rest)) if list.len() > 2 && list.iter().all(|value| value.starts_with('\'')) && &made[start..] != "NOT" => {
                let column = made.split_off(start);
                let each: Vec<_> = list.iter().map(|value| format!("{column} = {value}")).collect();
                made.push_str(&format!("({}){rest}", each.join(" OR ")));
            }
            _ => made.extend([" IN (", piece]),
        }
    }
    made
}

/// Tables whose rows SQLite keeps in the tree of their primary key. By itself it keeps them in a tree of hidden row numbers and the
/// key in a second one: each row is written twice, and looked up twice. For rows of a few hundred bytes (longer ones do not share
/// pages of such a tree) that no other table refers to. PostgreSQL knows but one way.
/// <https://www.sqlite.org/withoutrowid.html>
pub struct ClusteredTables {
    /// As [`SqlMigration::name`].
    pub name: &'static str,
    /// Which.
    pub tables: &'static [&'static str],
}

impl MigrationName for ClusteredTables {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for ClusteredTables {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        if connection.get_database_backend() == DbBackend::Sqlite {
            for table in self.tables {
                cluster(connection, table).await?;
            }
        }
        Ok(())
    }
}

/// Makes a table anew with its rows and indices.
async fn cluster(connection: &impl ConnectionTrait, table: &str) -> Result<(), DbErr> {
    let all = "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL ORDER BY type <> 'table', name";
    let made = connection.query_all_raw(Statement::from_sql_and_values(DbBackend::Sqlite, all, [table.into()])).await?;
    let mut made = made.iter().map(|row| row.try_get::<String>("", "sql"));
    // The table comes before its indices.
    let of_table = made.next().ok_or_else(|| DbErr::Migration(format!("there is no table {table}")))??;
    let indices = made.collect::<Result<Vec<_>, _>>()?.join(";");
    let (kind, beside) = (" WITHOUT ROWID", format!("clustered_{table}"));
    // A process that ended before this was written down has done it.
    if of_table.ends_with(kind) {
        return Ok(());
    }
    let anew = of_table.replacen(table, &beside, 1);
    let sql = format!(
        "SAVEPOINT clustering; {anew}{kind}; INSERT INTO {beside} SELECT * FROM {table}; DROP TABLE {table}; \
         ALTER TABLE {beside} RENAME TO {table}; {indices}; RELEASE clustering"
    );
    connection.execute_unprepared(&sql).await.map(|_| ())
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
            Box::new(ClusteredTables { name: "m20261201_11_clustered", tables: &["event_counters", "jobs"] }),
            // Keys of phones grow with time, too: new ones stand side by side, whoever sends them.
            Box::new(SqlMigration { name: "m20261202_01_answers_by_key", sql: include_str!("answers_by_key.sql") }),
            Box::new(ClusteredTables { name: "m20261202_02_clustered_events", tables: &["events"] }),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::db::Durability;

    struct Things;

    impl MigratorTrait for Things {
        fn migrations() -> Vec<Box<dyn MigrationTrait>> {
            let made = "CREATE TABLE kinds (id UUID PRIMARY KEY);
                CREATE TABLE things (id UUID PRIMARY KEY, kind UUID NOT NULL REFERENCES kinds (id), things TEXT DEFAULT 'many', UNIQUE (kind));
                CREATE INDEX things_by_name ON things (things) WHERE things IS NOT NULL;
                ALTER TABLE things ADD COLUMN size BIGINT CHECK (size > 0);
                INSERT INTO kinds VALUES (x'01'), (x'02');
                INSERT INTO things VALUES (x'0a', x'01', 'one', 7), (x'0b', x'02', NULL, NULL);";
            let clustered = |name| ClusteredTables { name, tables: &["things"] };
            vec![
                Box::new(SqlMigration { name: "m1", sql: made }),
                Box::new(clustered("m2")),
                // As after a process that ended in between.
                Box::new(clustered("m3")),
            ]
        }
    }

    struct Letters;

    impl MigratorTrait for Letters {
        fn migrations() -> Vec<Box<dyn MigrationTrait>> {
            let sql = "CREATE TABLE letters (kind TEXT CHECK (kind IN ('a', 'b', 'c')), \
                other TEXT CHECK (other NOT IN ('a', 'b', 'c') AND other IN ('d', 'e')))";
            vec![Box::new(SqlMigration { name: "m1", sql })]
        }
    }

    #[tokio::test]
    async fn a_row_is_checked_by_a_list_without_a_table_made_of_it() {
        let dir = tempfile::tempdir().unwrap();
        let db = Db::open_sqlite(&dir.path().join("letters.db"), Durability::Normal).await.unwrap();
        db.migrate::<Letters>().await.unwrap();
        for (kind, is_taken) in [("a", true), ("b", true), ("c", true), ("d", false)] {
            assert_eq!(db.run(&format!("INSERT INTO letters (kind) VALUES ('{kind}')")).await.is_ok(), is_taken, "{kind}");
        }
        assert!(db.run("INSERT INTO letters (other) VALUES ('d')").await.is_ok());
        assert!(db.run("INSERT INTO letters (other) VALUES ('a')").await.is_err());
        let update = Statement::from_string(DbBackend::Sqlite, "EXPLAIN UPDATE letters SET kind = 'c'");
        let steps = db.read().query_all_raw(update).await.unwrap();
        assert!(steps.iter().all(|step| step.try_get::<String>("", "opcode").unwrap() != "OpenEphemeral"));
    }

    #[test]
    fn only_lists_of_texts_are_put_otherwise() {
        let kept = "SELECT 1 FROM a WHERE b IN (SELECT c FROM d) AND e IN (1, 2, 3) AND f IN ('x', 'y') AND g NOT IN ('x', 'y', 'z')";
        assert_eq!(alternatives(kept), kept);
        let list = "CHECK (a IN ('x', 'y', 'z') OR b) AND c IN ('u', 'v', 'w')";
        assert_eq!(alternatives(list), "CHECK ((a = 'x' OR a = 'y' OR a = 'z') OR b) AND (c = 'u' OR c = 'v' OR c = 'w')");
    }

    #[tokio::test]
    async fn a_clustered_table_keeps_its_rows_its_rules_and_its_indices() {
        let dir = tempfile::tempdir().unwrap();
        let db = Db::open_sqlite(&dir.path().join("things.db"), Durability::Normal).await.unwrap();
        db.migrate::<Things>().await.unwrap();
        let texts = async |sql: &str| {
            let rows = db.read().query_all_raw(Statement::from_string(DbBackend::Sqlite, sql)).await.unwrap();
            rows.iter().map(|row| row.try_get::<String>("", "text").unwrap()).collect::<Vec<_>>()
        };
        let rows = texts("SELECT hex(id) || hex(kind) || coalesce(things, '-') || coalesce(size, '-') AS text FROM things ORDER BY id");
        assert_eq!(rows.await, ["0A01one7", "0B02--"]);
        let made = texts("SELECT sql AS text FROM sqlite_master WHERE tbl_name = 'things' AND sql IS NOT NULL ORDER BY type").await;
        assert!(made[0].contains("INDEX things_by_name") && made[1].ends_with(") WITHOUT ROWID"), "{made:?}");
        assert_eq!(made.len(), 2);
        for broken in ["(x'0c', x'01', 'one', 7)", "(x'0c', x'03', 'one', 7)", "(x'0a', x'02', 'one', 7)", "(NULL, x'02', 'one', 7)"] {
            assert!(db.run(&format!("INSERT INTO things VALUES {broken}")).await.is_err(), "{broken}");
        }
    }
}
