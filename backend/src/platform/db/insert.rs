//! Rows, written by the hundred a second: the text of an INSERT depends on the table, the columns and how many rows there are, that
//! of an UPDATE on the columns, and each is made once for these, not with every row.

use std::any::TypeId;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use sea_orm::sea_query::{Asterisk, Expr, ExprTrait as _, OnConflict, Query, SubQueryStatement};
use sea_orm::{
    ActiveModelTrait, ActiveValue, ColumnTrait, ConnectionTrait as _, DbErr, EntityTrait, Iterable, QueryFilter as _, QueryTrait as _,
    Statement, Value, Values,
};

use super::Tx;

/// A statement takes so many rows at most: databases bound the number of its values.
const AT_ONCE: usize = 64;
/// So many texts are kept; programs have fewer.
const MOST: usize = 2_000;

/// What becomes of a row whose place is taken. A function, for its text is asked for once.
pub type Otherwise = fn() -> OnConflict;

/// The texts that were made.
#[derive(Default)]
pub(super) struct Texts(RwLock<HashMap<(TypeId, Shape), Arc<str>, foldhash::fast::RandomState>>);

/// What a text depends on, beside the table. Columns that are set are bits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Shape {
    Inserted {
        columns: u64,
        rows: usize,
        otherwise: Option<usize>,
    },
    Numbered,
    /// By columns that hold, in their order: the places of those with a value and those with none.
    Changed {
        columns: u64,
        by: u64,
    },
}

impl Tx {
    /// Inserts rows that all set the same columns; how many there are after it that were not before, or were changed.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn insert<A: ActiveModelTrait>(&self, rows: impl IntoIterator<Item = A>) -> Result<u64, DbErr> {
        self.insert_all(rows.into_iter().collect(), None).await
    }

    /// The same, where a place may be taken.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn insert_or<A: ActiveModelTrait>(&self, rows: impl IntoIterator<Item = A>, otherwise: Otherwise) -> Result<u64, DbErr> {
        self.insert_all(rows.into_iter().collect(), Some(otherwise)).await
    }

    /// Inserts a row that is numbered: its number is `first`, and more by one for each row of its table where `column` is `of`. A
    /// table is numbered in one way, and its rows set the same columns each time.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn insert_numbered<E: EntityTrait, const N: usize>(
        &self,
        values: [(E::Column, Value); N],
        (number, first): (E::Column, i64),
        (column, of): (E::Column, Value),
    ) -> Result<(), DbErr> {
        let shape = (TypeId::of::<E>(), Shape::Numbered);
        let db_backend = self.get_database_backend();
        let known = self.texts().get(&shape);
        let sql = match known {
            Some(text) => text.as_ref().to_owned(),
            None => {
                let names = values.iter().map(|(column, _)| *column).chain([number]);
                // As one of the values: a row that is selected from its own table goes through a table of its own on SQLite.
                let count = Query::select()
                    .expr(Expr::col(Asterisk).count().add(first))
                    .from(E::default())
                    .and_where(column.eq(of.clone()))
                    .to_owned();
                let places = values.iter().map(|(_, value)| Expr::value(value.clone())).chain([SubQueryStatement::from(count).into()]);
                let mut insert = Query::insert();
                insert.into_table(E::default()).columns(names).values(places).map_err(|error| DbErr::Custom(error.to_string()))?;
                let text = db_backend.build(&insert).sql;
                self.texts().put(shape, &text);
                text
            }
        };
        // In the order of the text.
        let values = values.into_iter().map(|(_, value)| value).chain([first.into(), of]);
        self.execute_raw(Statement { sql, values: Some(Values(values.collect())), db_backend }).await.map(|_| ())
    }

    async fn insert_all<A: ActiveModelTrait>(&self, mut rows: Vec<A>, otherwise: Option<Otherwise>) -> Result<u64, DbErr> {
        let mut written = 0;
        while !rows.is_empty() {
            // Few lengths, so that the database prepares few statements.
            let length = [AT_ONCE, 16, 4, 3, 2, 1].into_iter().find(|length| *length <= rows.len()).unwrap_or(1);
            let rest = rows.split_off(length);
            written += self.execute_raw(self.statement(rows, otherwise)).await?.rows_affected();
            rows = rest;
        }
        Ok(written)
    }

    fn statement<A: ActiveModelTrait>(&self, rows: Vec<A>, otherwise: Option<Otherwise>) -> Statement {
        let columns = columns_of(&rows[0]);
        let inserted = Shape::Inserted { columns, rows: rows.len(), otherwise: otherwise.map(|otherwise| otherwise as usize) };
        let shape = (TypeId::of::<A::Entity>(), inserted);
        let db_backend = self.get_database_backend();
        let is_even = columns != 0 && rows.iter().all(|row| columns_of(row) == columns);
        let make = |rows: Vec<A>| {
            let insert = A::Entity::insert_many(rows);
            match otherwise {
                Some(otherwise) => insert.on_conflict(otherwise()).build(db_backend),
                None => insert.build(db_backend),
            }
        };
        let known = if is_even { self.texts().get(&shape) } else { None };
        let Some(text) = known else {
            let statement = make(rows);
            if is_even {
                self.texts().put(shape, &statement.sql);
            }
            return statement;
        };
        let mut values = Vec::with_capacity(rows.len() * columns.count_ones() as usize);
        rows.into_iter().for_each(|row| take(row, &mut values));
        Statement { sql: text.as_ref().to_owned(), values: Some(Values(values)), db_backend }
    }

    /// Writes `change` into the rows whose columns hold these values, or nothing; how many there are.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn change<A: ActiveModelTrait, const N: usize>(&self, change: A, by: [Held<A::Entity>; N]) -> Result<u64, DbErr> {
        Ok(self.execute_raw(self.changing(change, by)).await?.rows_affected())
    }

    fn changing<A: ActiveModelTrait, const N: usize>(&self, change: A, by: [Held<A::Entity>; N]) -> Statement {
        const { assert!(N <= 8, "each has a byte of the shape") };
        let db_backend = self.get_database_backend();
        let changed = Shape::Changed { columns: columns_of(&change), by: by.iter().fold(0, |by, held| by << 8 | place_of(held)) };
        let shape = (TypeId::of::<A::Entity>(), changed);
        let make = |change: A, by: [Held<A::Entity>; N]| {
            let update = by.into_iter().fold(A::Entity::update_many().set(change), |update, (column, value)| {
                update.filter(value.map_or_else(|| column.is_null(), |value| column.eq(value)))
            });
            update.build(db_backend)
        };
        let Some(text) = self.texts().get(&shape) else {
            let statement = make(change, by);
            self.texts().put(shape, &statement.sql);
            return statement;
        };
        #[cfg(debug_assertions)]
        let made = make(change.clone(), by.clone());
        let mut values = Vec::with_capacity(16);
        take(change, &mut values);
        values.extend(by.into_iter().filter_map(|(_, value)| value));
        let statement = Statement { sql: text.as_ref().to_owned(), values: Some(Values(values)), db_backend };
        // In every test: what is known is what would be made.
        #[cfg(debug_assertions)]
        assert_eq!(statement, made);
        statement
    }
}

/// A column, and what it holds: nothing, or a value.
pub type Held<E> = (<E as EntityTrait>::Column, Option<Value>);

/// The values that are set, in the order of the columns.
fn take<A: ActiveModelTrait>(mut row: A, values: &mut Vec<Value>) {
    for column in <A::Entity as EntityTrait>::Column::iter() {
        if let ActiveValue::Set(value) | ActiveValue::Unchanged(value) = row.take(column) {
            values.push(value);
        }
    }
}

/// The place of a column from one on, and whether it holds a value.
fn place_of<C: ColumnTrait>((column, value): &(C, Option<Value>)) -> u64 {
    let place = C::iter().zip(1..).find(|(other, _)| other.as_str() == column.as_str()).map_or(0, |(_, place)| place);
    place << 1 | u64::from(value.is_some())
}

/// No table has so many columns that they do not fit.
fn columns_of<A: ActiveModelTrait>(row: &A) -> u64 {
    let columns = <A::Entity as EntityTrait>::Column::iter().enumerate();
    let set = columns.filter(|(_, column)| !row.is_not_set(*column));
    set.fold(0, |columns, (place, _)| columns | u64::try_from(place).ok().and_then(|place| 1_u64.checked_shl(place as u32)).unwrap_or(0))
}

impl Texts {
    fn get(&self, shape: &(TypeId, Shape)) -> Option<Arc<str>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(shape).cloned()
    }

    fn put(&self, shape: (TypeId, Shape), text: &str) {
        let mut texts = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if texts.len() < MOST {
            texts.insert(shape, text.into());
        }
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::ActiveValue::{NotSet, Set};
    use sea_orm::{ConnectionTrait as _, EntityTrait as _, QueryOrder as _};

    use crate::platform::db::{Db, Durability};

    use super::*;

    mod thing {
        use sea_orm::entity::prelude::*;

        #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
        #[sea_orm(table_name = "things")]
        pub struct Model {
            #[sea_orm(primary_key, auto_increment = false)]
            pub id: i64,
            pub name: Option<String>,
        }

        #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
        pub enum Relation {}
        impl ActiveModelBehavior for ActiveModel {}
    }

    async fn things() -> (Db, tempfile::TempDir) {
        let dir = tempfile::tempdir().unwrap();
        let db = Db::open_sqlite(&dir.path().join("things.db"), Durability::Normal).await.unwrap();
        db.run("CREATE TABLE things (id BIGINT PRIMARY KEY, name TEXT DEFAULT 'nobody')").await.unwrap();
        (db, dir)
    }

    fn named(ids: std::ops::Range<i64>) -> impl Iterator<Item = thing::ActiveModel> {
        ids.map(|id| thing::ActiveModel { id: Set(id), name: Set((id % 2 == 0).then(|| format!("n{id}"))) })
    }

    #[tokio::test]
    async fn however_many_rows_there_are_each_is_written_once_with_its_own_values() {
        let (db, _dir) = things().await;
        // The second time every text is known.
        for start in [0, 1_000] {
            for (count, from) in [(0, 0), (1, 0), (2, 1), (7, 3), (150, 10)] {
                let tx = db.write().await.unwrap();
                let ids = start + from..start + from + count;
                assert_eq!(tx.insert(named(ids)).await.unwrap(), u64::try_from(count).unwrap());
                tx.commit().await.unwrap();
            }
        }
        let found = thing::Entity::find().order_by_asc(thing::Column::Id).all(db.read()).await.unwrap();
        let expected = (0..160).chain(1_000..1_160);
        assert_eq!(found, expected.map(|id| thing::Model { id, name: (id % 2 == 0).then(|| format!("n{id}")) }).collect::<Vec<_>>());
    }

    #[tokio::test]
    async fn a_place_that_is_taken_is_left_alone_and_counts_for_nothing() {
        let (db, _dir) = things().await;
        let tx = db.write().await.unwrap();
        let nothing = || OnConflict::column(thing::Column::Id).do_nothing().to_owned();
        assert_eq!(tx.insert_or(named(0..5), nothing).await.unwrap(), 5);
        assert_eq!(tx.insert_or(named(3..8), nothing).await.unwrap(), 3);
        assert!(tx.insert(named(7..9)).await.is_err());
        tx.commit().await.unwrap();
    }

    #[tokio::test]
    async fn what_is_changed_is_what_holds_these_values_and_nothings() {
        let (db, _dir) = things().await;
        let tx = db.write().await.unwrap();
        tx.insert(named(0..6)).await.unwrap();
        let called = |name: &str| thing::ActiveModel { id: NotSet, name: Set(Some(name.to_owned())) };
        for (id, old, changed) in [(2, Some("n2"), 1), (4, Some("n2"), 0), (2, Some("n2"), 0), (3, None, 1), (3, None, 0), (4, None, 0)] {
            let by = [(thing::Column::Id, Some(id.into())), (thing::Column::Name, old.map(Value::from))];
            assert_eq!(tx.change(called("new"), by).await.unwrap(), changed, "{id} {old:?}");
        }
        tx.commit().await.unwrap();
        let new = thing::Entity::find().filter(thing::Column::Name.eq("new")).order_by_asc(thing::Column::Id).all(db.read()).await.unwrap();
        assert_eq!(new.iter().map(|thing| thing.id).collect::<Vec<_>>(), [2, 3]);
    }

    #[tokio::test]
    async fn a_column_that_is_not_set_is_the_databases() {
        let (db, _dir) = things().await;
        let tx = db.write().await.unwrap();
        for id in [1, 2] {
            tx.insert([thing::ActiveModel { id: Set(id), name: NotSet }]).await.unwrap();
        }
        tx.commit().await.unwrap();
        let row = db.read().query_one_raw(Statement::from_string(db.backend(), "SELECT count(*) AS n FROM things WHERE name = 'nobody'"));
        assert_eq!(row.await.unwrap().unwrap().try_get::<i64>("", "n").unwrap(), 2);
    }
}
