//! Rows that nobody reads before the commit are gathered and written then, all of a table with one statement.

use std::any::Any;

use async_trait::async_trait;
use sea_orm::{ActiveModelTrait, DbErr, EntityTrait};

use super::Tx;

/// A statement takes so many rows at most: databases bound the number of its values.
const AT_ONCE: usize = 500;

/// What a unit of work has gathered, by table.
#[derive(Default)]
pub(super) struct Later(Vec<Box<dyn Rows>>);

#[async_trait]
trait Rows: Any + Send {
    async fn insert(self: Box<Self>, tx: &Tx) -> Result<(), DbErr>;
}

#[async_trait]
impl<A: ActiveModelTrait + Send + 'static> Rows for Vec<A> {
    async fn insert(self: Box<Self>, tx: &Tx) -> Result<(), DbErr> {
        let mut rows = *self;
        while !rows.is_empty() {
            let rest = rows.split_off(rows.len().min(AT_ONCE));
            A::Entity::insert_many(rows).exec_without_returning(tx).await?;
            rows = rest;
        }
        Ok(())
    }
}

impl Later {
    pub(super) fn add<A: ActiveModelTrait + Send + 'static>(&mut self, row: A) {
        let of_table = |rows: &mut Box<dyn Rows>| (rows.as_mut() as &mut dyn Any).is::<Vec<A>>();
        let index = self.0.iter_mut().position(of_table).unwrap_or_else(|| {
            self.0.push(Box::new(Vec::<A>::new()));
            self.0.len() - 1
        });
        if let Some(rows) = (self.0[index].as_mut() as &mut dyn Any).downcast_mut::<Vec<A>>() {
            rows.push(row);
        }
    }

    /// Table by table, in the order in which they were first spoken of.
    pub(super) async fn insert(self, tx: &Tx) -> Result<(), DbErr> {
        for rows in self.0 {
            rows.insert(tx).await?;
        }
        Ok(())
    }
}
