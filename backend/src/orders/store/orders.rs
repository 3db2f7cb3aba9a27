//! Queries over `orders`.

use std::collections::HashSet;

use rapi_core::orders::Status;
use rapi_core::wire::payments::PaymentMethod;
use rapi_core::{Id, Timestamp, values};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Cond, Condition, SelectStatement};
use sea_orm::{ActiveValue::Set, DbErr, IntoActiveModel as _, QuerySelect, Select};

use crate::orders::entities::order::{ActiveModel, Column, Entity, Model};
use crate::platform::cursor::Window;
use crate::platform::db::Looks as _;
use crate::platform::{Tx, contains};

/// Whose orders a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Everybody's.
    Everybodys,
    /// Those a person asked for.
    ClientsOf(Id<values::User>),
    /// Those a person took.
    ProvidersOf(Id<values::User>),
}

/// Writes a new row.
pub async fn insert(tx: &Tx, order: &Model) -> Result<(), DbErr> {
    tx.insert([order.clone().into_active_model().reset_all()]).await?;
    tx.keep(order.id, order);
    Ok(())
}

pub async fn find(connection: &impl ConnectionTrait, order: Id<values::Order>) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(order.uuid()).one(connection).await
}

/// The row as this unit of work sees it.
pub async fn seen(tx: &Tx, order: Id<values::Order>) -> Result<Option<Model>, DbErr> {
    tx.look(order.uuid(), find(tx, order)).await
}

/// The row, and the lock on it until the transaction ends: whoever moves an order takes it first.
pub async fn locked(tx: &Tx, order: Id<values::Order>) -> Result<Option<Model>, DbErr> {
    tx.locked(order.uuid(), async { Entity::find_by_id(order.uuid()).lock_exclusive().one(tx).await }).await
}

/// Writes `change` into a row that is locked, if the order is still where `before` says it is; the row after it.
pub async fn moved(tx: &Tx, before: &Model, change: ActiveModel) -> Result<Option<Model>, DbErr> {
    let by = [
        (Column::Id, Some(before.id.into())),
        (Column::Status, Some(before.status.as_str().into())),
        (Column::Stage, before.stage.clone().map(Value::from)),
        (Column::ServiceProviderId, before.service_provider_id.map(Value::from)),
    ];
    if tx.change(change.clone(), by).await? != 1 {
        return Ok(None);
    }
    let after = before.clone().with(&change);
    tx.keep(after.id, &after);
    Ok(Some(after))
}

/// Writes `change` whatever the status.
pub async fn update(tx: &Tx, order: Id<values::Order>, change: ActiveModel) -> Result<(), DbErr> {
    let before: Option<Model> = tx.kept(order.uuid());
    tx.change(change.clone(), [(Column::Id, Some(order.uuid().into()))]).await?;
    if let Some(before) = before {
        tx.keep(order.uuid(), &before.with(&change));
    }
    Ok(())
}

/// Notes that providers are asked from now on.
pub async fn broadcast_at(tx: &Tx, order: Id<values::Order>, now: Timestamp) -> Result<(), DbErr> {
    update(tx, order, ActiveModel { broadcast_time: Set(Some(now.micros())), updated_at: Set(now.micros()), ..Default::default() }).await
}

pub async fn pay_by(tx: &Tx, order: Id<values::Order>, method: PaymentMethod, now: Timestamp) -> Result<(), DbErr> {
    let payment_method = Set(method.as_str().to_owned());
    update(tx, order, ActiveModel { payment_method, updated_at: Set(now.micros()), ..Default::default() }).await
}

/// Which of them a list shows; all when nothing is said.
#[derive(Debug, Clone, Default)]
pub struct Only {
    /// In this status.
    pub status: Option<Status>,
    /// Of which somebody typed this.
    pub text: Option<Text>,
    /// Made then or later.
    pub since: Option<Timestamp>,
    /// Made before.
    pub until: Option<Timestamp>,
}

/// What somebody typed to find orders.
#[derive(Debug, Clone)]
pub struct Text {
    /// A part of the number or of the address.
    pub part: String,
    /// The ids of people of that name.
    pub people: SelectStatement,
}

impl Only {
    fn matching(&self, mut query: Select<Entity>) -> Select<Entity> {
        if let Some(status) = self.status {
            query = query.filter(Column::Status.eq(status.as_str()));
        }
        if let Some(since) = self.since {
            query = query.filter(Column::CreatedAt.gte(since.micros()));
        }
        if let Some(until) = self.until {
            query = query.filter(Column::CreatedAt.lt(until.micros()));
        }
        query
    }
}

impl Text {
    fn is_number(&self) -> Expr {
        Column::OrderNumber.eq(self.part.trim().to_uppercase())
    }

    fn is_somewhere(&self) -> Condition {
        let part = |column: Column| contains(column.into_expr(), &self.part);
        let people = |column: Column| column.in_subquery(self.people.clone());
        let words = Cond::any().add(part(Column::OrderNumber)).add(part(Column::ServiceAddress));
        words.add(people(Column::ClientId)).add(people(Column::ServiceProviderId))
    }
}

/// A page with one row more when there are more. A whole number finds its order alone, and at once.
pub async fn page(connection: &impl ConnectionTrait, whose: Whose, only: &Only, window: &Window) -> Result<Vec<Model>, DbErr> {
    let mut query = window.over(Entity::find(), Column::Id);
    query = match whose {
        Whose::Everybodys => query,
        Whose::ClientsOf(client) => query.filter(Column::ClientId.eq(client.uuid())),
        Whose::ProvidersOf(provider) => query.filter(Column::ServiceProviderId.eq(provider.uuid())),
    };
    query = only.matching(query);
    if let Some(text) = &only.text {
        let named = query.clone().filter(text.is_number()).all(connection).await?;
        if !named.is_empty() {
            return Ok(named);
        }
        query = query.filter(text.is_somewhere());
    }
    query.all(connection).await
}

/// From accepting until the work stops, in the very words of the index `orders_one_job` and with nothing bound: that is how databases
/// see that they may ask it, instead of looking through all that somebody ever did.
const ON_A_JOB: &str =
    "((status = 'ACCEPTED' OR status = 'ON_THE_WAY' OR status = 'ARRIVED') OR (status = 'IN_PROGRESS' AND stage = 'working'))";

/// Which of these providers are on a job?
pub async fn busy(connection: &impl ConnectionTrait, providers: &[Id<values::User>]) -> Result<HashSet<Id<values::User>>, DbErr> {
    let ids = providers.iter().map(|provider| provider.uuid());
    let busy: Vec<Option<Uuid>> = busy_among(ids).into_tuple().all(connection).await?;
    Ok(busy.into_iter().flatten().map(Id::new).collect())
}

fn busy_among(providers: impl Iterator<Item = Uuid>) -> Select<Entity> {
    let query = Entity::find().select_only().column(Column::ServiceProviderId);
    query.filter(Column::ServiceProviderId.is_in(providers)).filter(Expr::cust(ON_A_JOB))
}

/// The orders these providers travel to.
pub async fn on_the_way(connection: &impl ConnectionTrait, providers: &[Id<values::User>]) -> Result<Vec<Model>, DbErr> {
    let theirs = Entity::find().filter(Column::ServiceProviderId.is_in(providers.iter().map(|provider| provider.uuid())));
    theirs.filter(Column::Status.eq(Status::OnTheWay.as_str())).all(connection).await
}

/// Has one of the two ever worked for the other?
pub async fn shared(connection: &impl ConnectionTrait, one: Id<values::User>, other: Id<values::User>) -> Result<bool, DbErr> {
    let pair = |client: Id<values::User>, provider: Id<values::User>| {
        Cond::all().add(Column::ClientId.eq(client.uuid())).add(Column::ServiceProviderId.eq(provider.uuid()))
    };
    let either = Cond::any().add(pair(one, other)).add(pair(other, one));
    Ok(Entity::find().filter(either).limit(1).one(connection).await?.is_some())
}

/// How many orders of each status a person has.
pub async fn counts(connection: &impl ConnectionTrait, person: Id<values::User>) -> Result<Vec<(String, i64)>, DbErr> {
    let mut counts = Vec::new();
    for column in [Column::ClientId, Column::ServiceProviderId] {
        let hers =
            Entity::find().filter(column.eq(person.uuid())).select_only().column(Column::Status).column_as(Column::Id.count(), "count");
        counts.extend(hers.group_by(Column::Status).into_tuple::<(String, i64)>().all(connection).await?);
    }
    Ok(counts)
}

/// What a provider did in a time: her orders whose `column` (a time) lies in it.
pub async fn times(
    connection: &impl ConnectionTrait,
    provider: Id<values::User>,
    column: Column,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<Timestamp>, DbErr> {
    let hers = Entity::find().select_only().column(column).filter(Column::ServiceProviderId.eq(provider.uuid()));
    let within = hers.filter(column.gte(from.micros())).filter(column.lt(to.micros()));
    let times: Vec<Option<i64>> = within.into_tuple().all(connection).await?;
    Ok(times.into_iter().flatten().map(Timestamp::from_micros).collect())
}

#[cfg(test)]
mod tests {
    use sea_orm_migration::{MigrationTrait, MigratorTrait};

    use crate::platform::db::{Db, Durability, steps_of};

    use super::*;

    struct Orders;

    impl MigratorTrait for Orders {
        fn migrations() -> Vec<Box<dyn MigrationTrait>> {
            crate::orders::migrations()
        }
    }

    #[tokio::test]
    async fn who_is_busy_is_found_among_the_jobs_of_now_and_not_among_all_that_ever_were() {
        let dir = tempfile::tempdir().unwrap();
        let db = Db::open_sqlite(&dir.path().join("orders.db"), Durability::Normal).await.unwrap();
        db.migrate::<Orders>().await.unwrap();
        let steps = steps_of(&db, &busy_among([Uuid::nil(), Uuid::max()].into_iter())).await;
        assert!(matches!(steps.as_slice(), [only] if only.contains("INDEX orders_one_job")), "{steps:?}");
    }
}
