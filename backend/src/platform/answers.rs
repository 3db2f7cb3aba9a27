//! Idempotency: the answer to a POST is kept with its effect, in the same transaction, for 24 hours.
//!
//! The same key and body give the same answer, the same key with another body is refused. Refusals are not kept: a request that
//! changed nothing may be tried again. Answers of `/auth` are never kept.

use std::time::Duration;

use rapi_core::Timestamp;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, OnConflict};
use sea_orm::{ActiveValue::Set, DbErr, Statement};

use super::db::Tx;
use super::error::ApiError;

mod row {
    use super::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "answers")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub caller: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub idempotency_key: String,
        pub fingerprint: String,
        pub status: i32,
        pub body: String,
        pub created_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// How long answers are kept.
pub const KEPT_FOR: Duration = Duration::from_secs(24 * 3600);

/// A request that may come more than once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Once {
    /// Whose key it is.
    pub caller: String,
    /// The key the caller chose.
    pub key: String,
    /// Method, path and body, hashed.
    pub fingerprint: String,
}

/// An answer given before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Its HTTP status.
    pub status: u16,
    /// Its JSON.
    pub body: String,
}

/// Asked for by nearly every request that writes, so it is not put together each time.
const ANSWER: &str = "SELECT * FROM answers WHERE caller = $1 AND idempotency_key = $2";

/// Takes the key for this transaction, or finds the answer given before. A second request with the same key waits here until
/// the first has committed or failed.
///
/// # Errors
/// 409 `idempotency_key_reused` when the key was used for something else.
pub async fn begin(tx: &Tx, once: &Once, now: Timestamp) -> Result<Option<Answer>, ApiError> {
    // Where nobody else writes before this is done, a look is enough.
    if !tx.is_alone() && take(tx, once, now).await? {
        return Ok(None);
    }
    let key = [once.caller.as_str(), once.key.as_str()].map(Value::from);
    let before = Statement::from_sql_and_values(tx.get_database_backend(), ANSWER, key);
    let before = row::Entity::find().from_raw_sql(before).one(tx).await?;
    let Some(before) = before.filter(|before| !tx.is_alone() || before.created_at >= (now - KEPT_FOR).micros()) else {
        return if tx.is_alone() { Ok(None) } else { Err(ApiError::internal("an answer vanished while it was looked at")) };
    };
    if before.fingerprint != once.fingerprint {
        return Err(ApiError::conflict("idempotency_key_reused", "this Idempotency-Key was used for another request"));
    }
    Ok(Some(Answer { status: u16::try_from(before.status).unwrap_or(200), body: before.body }))
}

fn row_of(once: &Once, status: u16, body: String, now: Timestamp) -> row::ActiveModel {
    row::ActiveModel {
        caller: Set(once.caller.clone()),
        idempotency_key: Set(once.key.clone()),
        fingerprint: Set(once.fingerprint.clone()),
        status: Set(i32::from(status)),
        body: Set(body),
        created_at: Set(now.micros()),
    }
}

/// Takes the key, unless there is an answer that may still be given; was it taken?
async fn take(tx: &Tx, once: &Once, now: Timestamp) -> Result<bool, DbErr> {
    let is_expired = Expr::col((row::Entity, row::Column::CreatedAt)).lt((now - KEPT_FOR).micros());
    let expired = in_place().action_and_where(is_expired).to_owned();
    Ok(row::Entity::insert(row_of(once, 0, String::new(), now)).on_conflict(expired).exec_without_returning(tx).await? == 1)
}

/// An answer that is too old to be given again makes room.
fn in_place() -> OnConflict {
    use row::Column::{Body, Caller, CreatedAt, Fingerprint, IdempotencyKey, Status};
    OnConflict::columns([Caller, IdempotencyKey]).update_columns([Fingerprint, Status, Body, CreatedAt]).to_owned()
}

/// Keeps the answer with the effect.
///
/// # Errors
/// When the database refuses.
pub async fn keep(tx: &Tx, once: &Once, answer: &Answer, now: Timestamp) -> Result<(), DbErr> {
    let Answer { status, body } = answer.clone();
    if tx.is_alone() {
        // Whoever began has seen that there is none that may still be given.
        return tx.insert_or([row_of(once, status, body, now)], in_place).await.map(|_| ());
    }
    row::Entity::update_many()
        .col_expr(row::Column::Status, Expr::value(i32::from(status)))
        .col_expr(row::Column::Body, Expr::value(body))
        .filter(row::Column::Caller.eq(&once.caller))
        .filter(row::Column::IdempotencyKey.eq(&once.key))
        .exec(tx)
        .await?;
    Ok(())
}

/// Forgets answers older than they are kept for.
///
/// # Errors
/// When the database refuses.
pub async fn forget_old(tx: &Tx, now: Timestamp) -> Result<u64, DbErr> {
    let done = row::Entity::delete_many().filter(row::Column::CreatedAt.lt((now - KEPT_FOR).micros())).exec(tx).await?;
    Ok(done.rows_affected)
}
