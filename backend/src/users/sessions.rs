//! Sessions: families of refresh tokens, one token good at a time, each exchanged for the next.
//!
//! Tokens are kept as keyed fingerprints. Only the one that was handed out last is also kept encrypted, in its predecessor's row,
//! until it is used: a phone that lost the answer asks again with the same key and gets the same token.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use rapi_core::wire::auth::{SessionItem, TokensResponse};
use rapi_core::wire::events::Event;
use rapi_core::{Id, Timestamp};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait,
    Select,
};
use uuid::Uuid;

use super::entities::{device, refresh_token, user};
use super::store::{self, UserId};
use crate::app::App;
use crate::gateway::Peer;
use crate::platform::cursor::Window;
use crate::platform::{ApiError, ApiResult, Tx, events};

/// Ended sessions are remembered that long after their tokens, so that a reuse is still seen for what it is.
const SWEPT_AFTER: Duration = Duration::from_secs(24 * 3600);
const SUCCESSOR: &str = "refresh-token-successor";

/// What a refresh token is found by.
pub(super) fn fingerprint(app: &App, token: &str) -> String {
    app.vault.fingerprint("refresh-token", token)
}

/// A new session of `person`.
pub(super) async fn open(app: &App, tx: &Tx, person: &user::Model, peer: &Peer) -> ApiResult<TokensResponse> {
    let now = app.now();
    refresh_token::Entity::delete_many().filter(refresh_token::Column::ExpiresAt.lt((now - SWEPT_AFTER).micros())).exec(tx).await?;
    let session = app.ids.uuid();
    let (_, token) = add(app, tx, person.id, session, now, peer).await?;
    tokens(app, tx, person, session, token).await
}

/// Puts the next token of a session into the table.
async fn add(app: &App, tx: &Tx, user: Uuid, session: Uuid, started: Timestamp, peer: &Peer) -> Result<(Uuid, String), DbErr> {
    let now = app.now();
    let (id, token) = (app.ids.uuid(), URL_SAFE_NO_PAD.encode(app.ids.secret()));
    let row = refresh_token::ActiveModel {
        id: Set(id),
        user_id: Set(user),
        family_id: Set(session),
        token: Set(fingerprint(app, &token)),
        expires_at: Set((now + app.settings.auth.refresh_token_life()).micros()),
        is_revoked: Set(false),
        revoked_at: Set(None),
        used_at: Set(None),
        used_key: Set(None),
        successor_id: Set(None),
        successor: Set(None),
        user_agent: Set(peer.user_agent.clone()),
        ip_address: Set(peer.ip_address.clone()),
        session_started_at: Set(started.micros()),
        created_at: Set(now.micros()),
    };
    refresh_token::Entity::insert(row).exec_without_returning(tx).await?;
    Ok((id, token))
}

/// What a signed-in phone is given.
pub(super) async fn tokens(
    app: &App,
    connection: &impl ConnectionTrait,
    person: &user::Model,
    session: Uuid,
    refresh_token: String,
) -> ApiResult<TokensResponse> {
    let life = app.settings.auth.access_token_life();
    let status = store::status_of(connection, person.id).await?;
    let access = app.keys.issue(Id::new(person.id), session, store::role_of(person), app.now(), life).map_err(ApiError::internal)?;
    Ok(TokensResponse {
        access_token: access.into(),
        refresh_token: refresh_token.into(),
        token_type: "Bearer".to_owned(),
        expires_in: life.as_secs(),
        user: store::summary(person, status),
    })
}

/// The row of a token, locked until the transaction ends.
pub(super) async fn locked(app: &App, tx: &Tx, token: &str) -> Result<Option<refresh_token::Model>, DbErr> {
    refresh_token::Entity::find().filter(refresh_token::Column::Token.eq(fingerprint(app, token))).lock_exclusive().one(tx).await
}

/// Exchanges `old` for the next token of its session; `key` is the fingerprint of the key it may be asked for again with.
pub(super) async fn rotate(app: &App, tx: &Tx, old: &refresh_token::Model, key: Option<String>, peer: &Peer) -> ApiResult<String> {
    let started = Timestamp::from_micros(old.session_started_at);
    let (id, token) = add(app, tx, old.user_id, old.family_id, started, peer).await?;
    let sealed = key.is_some().then(|| STANDARD.encode(app.vault.seal(SUCCESSOR, token.as_bytes())));
    refresh_token::Entity::update_many()
        .col_expr(refresh_token::Column::UsedAt, Expr::value(app.now().micros()))
        .col_expr(refresh_token::Column::UsedKey, Expr::value(key))
        .col_expr(refresh_token::Column::SuccessorId, Expr::value(id))
        .col_expr(refresh_token::Column::Successor, Expr::value(sealed))
        .filter(refresh_token::Column::Id.eq(old.id))
        .exec(tx)
        .await?;
    // The old token has arrived at its phone: nobody will ask for it again.
    refresh_token::Entity::update_many()
        .col_expr(refresh_token::Column::Successor, Expr::value(None::<String>))
        .filter(refresh_token::Column::SuccessorId.eq(old.id))
        .exec(tx)
        .await?;
    Ok(token)
}

/// The token `old` was exchanged for, when it is asked for with the same key and was not used yet.
pub(super) async fn successor(app: &App, tx: &Tx, old: &refresh_token::Model, key: Option<&str>) -> ApiResult<Option<String>> {
    let (Some(id), Some(sealed)) = (old.successor_id, old.successor.as_deref()) else { return Ok(None) };
    if key.is_none() || key != old.used_key.as_deref() {
        return Ok(None);
    }
    let next = refresh_token::Entity::find_by_id(id).one(tx).await?;
    let is_unused = next.is_some_and(|next| next.used_at.is_none() && !next.is_revoked && app.now().micros() < next.expires_at);
    if !is_unused {
        return Ok(None);
    }
    let sealed = STANDARD.decode(sealed).map_err(ApiError::internal)?;
    let token = app.vault.open(SUCCESSOR, &sealed).map_err(ApiError::internal)?;
    Ok(Some(String::from_utf8(token).map_err(ApiError::internal)?))
}

/// The living sessions of a person, newest sign-in first: the row of the token that is good in each.
pub(super) fn living(user: UserId, now: Timestamp) -> Select<refresh_token::Entity> {
    refresh_token::Entity::find()
        .filter(refresh_token::Column::UserId.eq(user.uuid()))
        .filter(refresh_token::Column::IsRevoked.eq(false))
        .filter(refresh_token::Column::UsedAt.is_null())
        .filter(refresh_token::Column::ExpiresAt.gt(now.micros()))
        .order_by_desc(refresh_token::Column::FamilyId)
}

/// A page of them; one row more than asked for, when there is one.
pub(super) async fn list(
    connection: &impl ConnectionTrait,
    user: UserId,
    now: Timestamp,
    window: Window,
) -> Result<Vec<refresh_token::Model>, DbErr> {
    let mut rows = living(user, now);
    if let Some(before) = window.before {
        rows = rows.filter(refresh_token::Column::FamilyId.lt(before));
    }
    rows.limit(window.limit + 1).all(connection).await
}

/// A session as its person sees it.
pub(super) fn item(row: refresh_token::Model, current: Uuid) -> SessionItem {
    SessionItem {
        id: row.family_id,
        created_at: Timestamp::from_micros(row.session_started_at),
        last_used_at: Timestamp::from_micros(row.created_at),
        is_current: row.family_id == current,
        user_agent: row.user_agent,
        ip_address: row.ip_address,
    }
}

/// What became of a session that was to be ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// It lives no more.
    Now,
    /// It was over, or never this person's.
    Before,
}

/// Ends a session: no token of it counts any more, its devices get no more pushes, its person is told.
/// Whoever calls this ends the connections with [`disconnect`] after the commit.
pub(super) async fn end(app: &App, tx: &Tx, user: UserId, session: Uuid) -> Result<Ended, DbErr> {
    let now = app.now();
    if revoke(tx, user, session, now).await? == 0 {
        return Ok(Ended::Before);
    }
    // A refresh at the same time may have added the next token while we waited for the one before.
    while revoke(tx, user, session, now).await? > 0 {}
    device::Entity::update_many()
        .col_expr(device::Column::IsActive, Expr::value(false))
        .filter(device::Column::SessionId.eq(session))
        .exec(tx)
        .await?;
    events::tell(tx, &app.ids, now, user, &Event::SessionRevoked { session_id: session });
    Ok(Ended::Now)
}

async fn revoke(tx: &Tx, user: UserId, session: Uuid, now: Timestamp) -> Result<u64, DbErr> {
    let revoked = refresh_token::Entity::update_many()
        .col_expr(refresh_token::Column::IsRevoked, Expr::value(true))
        .col_expr(refresh_token::Column::RevokedAt, Expr::value(now.micros()))
        .filter(refresh_token::Column::FamilyId.eq(session))
        .filter(refresh_token::Column::UserId.eq(user.uuid()))
        .filter(refresh_token::Column::IsRevoked.eq(false))
        .exec(tx)
        .await?;
    Ok(revoked.rows_affected)
}

/// Ends every session of a person.
pub(super) async fn end_all(app: &App, tx: &Tx, user: UserId) -> Result<(), DbErr> {
    for session in living(user, app.now()).all(tx).await? {
        end(app, tx, user, session.family_id).await?;
    }
    Ok(())
}

/// Ends the MQTT connections of a person. Sessions that live on connect again by themselves; the ended one is refused.
pub(super) async fn disconnect(app: &App, user: UserId) {
    app.bus.disconnect(&format!("{user}:")).await;
}

/// Is this session neither ended nor its person suspended? One query: it is asked for every request.
pub(super) async fn is_live(connection: &impl ConnectionTrait, user: UserId, session: Uuid) -> Result<bool, DbErr> {
    let found: Option<Uuid> = refresh_token::Entity::find()
        .select_only()
        .column(refresh_token::Column::FamilyId)
        .join(JoinType::InnerJoin, refresh_token::Relation::User.def())
        .filter(refresh_token::Column::FamilyId.eq(session))
        .filter(refresh_token::Column::UserId.eq(user.uuid()))
        .filter(refresh_token::Column::IsRevoked.eq(false))
        .filter(user::Column::IsActive.eq(true))
        .limit(1)
        .into_tuple()
        .one(connection)
        .await?;
    Ok(found.is_some())
}
