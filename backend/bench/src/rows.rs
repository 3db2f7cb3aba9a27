//! Filling tables by the thousand, below the data model: what is measured must first be there.

use anyhow::Result;
use sea_orm::{ConnectionTrait, DbBackend, Statement, Value};

/// SQLite takes at most 32,766 values in one statement.
const MOST_VALUES: usize = 30_000;
const MOST_ROWS: usize = 500;

/// Rows waiting to be written.
pub struct Rows {
    table: &'static str,
    columns: &'static str,
    width: usize,
    values: Vec<Value>,
}

impl Rows {
    /// Rows of `table`; `columns` as SQL lists them.
    pub fn of(table: &'static str, columns: &'static str) -> Self {
        Self { table, columns, width: columns.split(',').count(), values: Vec::new() }
    }

    /// One more.
    pub fn add<const N: usize>(&mut self, row: [Value; N]) {
        assert_eq!(N, self.width, "a row of {} has other columns", self.table);
        self.values.extend(row);
    }

    /// How many wait.
    pub fn len(&self) -> usize {
        self.values.len() / self.width
    }

    /// Writes them.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn write(&mut self, connection: &impl ConnectionTrait) -> Result<()> {
        let backend = connection.get_database_backend();
        let most = MOST_ROWS.min(MOST_VALUES / self.width) * self.width;
        let mut values = std::mem::take(&mut self.values);
        let mut whole = None;
        while !values.is_empty() {
            let rest = values.split_off(most.min(values.len()));
            let count = values.len() / self.width;
            let sql =
                if rest.is_empty() { self.sql(backend, count) } else { whole.get_or_insert_with(|| self.sql(backend, count)).clone() };
            connection.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
            values = rest;
        }
        Ok(())
    }

    fn sql(&self, backend: DbBackend, rows: usize) -> String {
        let mut number = 0;
        let mut value = || {
            number += 1;
            if backend == DbBackend::Postgres { format!("${number}") } else { "?".to_owned() }
        };
        let mut row = || format!("({})", (0..self.width).map(|_| value()).collect::<Vec<_>>().join(","));
        let rows: Vec<String> = (0..rows).map(|_| row()).collect();
        format!("INSERT INTO {} ({}) VALUES {}", self.table, self.columns, rows.join(","))
    }
}

/// A row of values of several types.
#[macro_export]
macro_rules! row {
    ($($value:expr),* $(,)?) => { [$(sea_orm::Value::from($value)),*] };
}

/// Numbers that look random and are the same in every run.
pub struct Dice(u64);

impl Dice {
    /// Begins anew.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// SplitMix64 (Steele, Lea and Flood, 2014).
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to just below 1.
    #[expect(clippy::cast_precision_loss, reason = "53 bits are kept")]
    pub const fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// One of `count`.
    pub fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.next() % count.max(1) as u64).unwrap_or_default()
    }

    /// With mean 0 and standard deviation 1 (Box and Muller, 1958).
    pub fn normal(&mut self) -> f64 {
        (-2.0 * (1.0 - self.share()).ln()).sqrt() * (std::f64::consts::TAU * self.share()).cos()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_database_numbers_its_values_its_own_way() {
        let rows = Rows::of("people", "id, name");
        assert_eq!(rows.sql(DbBackend::Sqlite, 2), "INSERT INTO people (id, name) VALUES (?,?),(?,?)");
        assert_eq!(rows.sql(DbBackend::Postgres, 2), "INSERT INTO people (id, name) VALUES ($1,$2),($3,$4)");
    }

    #[test]
    fn dice_fall_alike_in_every_run_and_evenly() {
        let (mut one, mut other) = (Dice::new(7), Dice::new(7));
        let thrown: Vec<u64> = (0..9).map(|_| one.next()).collect();
        assert!(thrown.iter().all(|number| *number == other.next()));
        let mean = (0..10_000).map(|_| one.share()).sum::<f64>() / 10_000.0;
        assert!((mean - 0.5).abs() < 0.02, "{mean}");
        let mean = (0..10_000).map(|_| one.normal()).sum::<f64>() / 10_000.0;
        assert!(mean.abs() < 0.05, "{mean}");
    }
}
