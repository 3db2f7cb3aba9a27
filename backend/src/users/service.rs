//! What other modules may ask of people.

use std::collections::HashMap;

use rapi_core::dispatch::WorkingHours;
use rapi_core::wire::orders::Party;
use rapi_core::wire::people::{Language, UserType, VerificationStatus};
use rapi_core::{Id, values};
use sea_orm::prelude::Json;
use sea_orm::sea_query::{Expr, Query, SelectStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait};
use uuid::Uuid;

use super::callers::{Known, NotAdmitted};
use super::entities::{profile, user, verification};
use super::{audits, media, profiles, sessions};
use crate::app::App;
use crate::platform::db::Looks;
use crate::platform::{ApiResult, Tx, contains};

pub use super::admins::create_admin;
pub use super::audits::Deed;
pub use super::permissions::Permission;

/// What dispatch must know of a provider.
#[derive(Debug, Clone, PartialEq)]
pub struct ProviderFacts {
    /// Passed the identity check.
    pub is_approved: bool,
    /// Not suspended.
    pub is_active: bool,
    /// Switched herself online.
    pub is_online: bool,
    /// When she works; `None` is always.
    pub working_hours: Option<WorkingHours>,
    /// Slugs of the categories she works in.
    pub services: Vec<String>,
}

/// Is this session neither ended nor its person suspended?
///
/// # Errors
/// When the database cannot be read.
pub async fn session_is_live(connection: &impl ConnectionTrait, user: Id<values::User>, session: Uuid) -> Result<bool, DbErr> {
    sessions::is_live(connection, user, session).await
}

/// Who calls with this access token, if its session lives.
///
/// # Errors
/// [`NotAdmitted`].
pub async fn caller_of(app: &App, token: &str) -> Result<Known, NotAdmitted> {
    app.callers.identify(app, token).await
}

/// Names, photos and stars of people, by id; unknown ids are absent.
///
/// # Errors
/// When the database cannot be read.
pub async fn parties(app: &App, connection: &impl Looks, people: &[Id<values::User>]) -> Result<HashMap<Id<values::User>, Party>, DbErr> {
    let people = app.people.of(app, connection, people).await?;
    Ok(people.into_iter().map(|(id, person)| (id, person.party)).collect())
}

/// What dispatch must know of these providers, by id.
///
/// # Errors
/// When the database cannot be read.
pub async fn provider_facts(
    connection: &impl ConnectionTrait,
    providers: &[Id<values::User>],
) -> Result<HashMap<Id<values::User>, ProviderFacts>, DbErr> {
    if providers.is_empty() {
        return Ok(HashMap::new());
    }
    type Row = (Uuid, bool, Option<Json>, Json, bool, Option<String>);
    let papers = profile::Entity::belongs_to(verification::Entity).from(profile::Column::UserId).to(verification::Column::UserId).into();
    let rows: Vec<Row> = profile::Entity::find()
        .select_only()
        .columns([profile::Column::UserId, profile::Column::IsAvailable, profile::Column::WorkingHours, profile::Column::ServiceTypes])
        .column(user::Column::IsActive)
        .column(verification::Column::Status)
        .join(JoinType::InnerJoin, profile::Relation::User.def())
        .join(JoinType::LeftJoin, papers)
        .filter(profile::Column::UserId.is_in(providers.iter().map(|provider| provider.uuid())))
        .into_tuple()
        .all(connection)
        .await?;
    let facts = |(id, is_online, working_hours, services, is_active, papers): Row| {
        let is_approved = papers.is_some_and(|status| status == VerificationStatus::Approved.as_str());
        let working_hours = working_hours.and_then(|hours| serde_json::from_value(hours).ok());
        (Id::new(id), ProviderFacts { is_approved, is_active, is_online, working_hours, services: profiles::read(services) })
    };
    Ok(rows.into_iter().map(facts).collect())
}

/// Has this person a phone number?
///
/// # Errors
/// When the database cannot be read.
pub async fn has_phone(app: &App, connection: &impl Looks, user: Id<values::User>) -> Result<bool, DbErr> {
    Ok(app.people.of(app, connection, &[user]).await?.get(&user).is_some_and(|person| person.has_phone))
}

/// The language this person reads.
///
/// # Errors
/// When the database cannot be read.
pub async fn language_of(app: &App, connection: &impl Looks, user: Id<values::User>) -> Result<Language, DbErr> {
    Ok(app.people.of(app, connection, &[user]).await?.get(&user).map_or(Language::Indonesian, |person| person.language))
}

/// Everybody with the role ADMIN who is active: whom to tell of cases.
///
/// # Errors
/// When the database cannot be read.
pub async fn admins(connection: &impl ConnectionTrait) -> Result<Vec<Id<values::User>>, DbErr> {
    let ids: Vec<Uuid> = user::Entity::find()
        .select_only()
        .column(user::Column::Id)
        .filter(user::Column::UserType.eq(UserType::Admin.as_str()))
        .filter(user::Column::IsActive.eq(true))
        .order_by_asc(user::Column::Id)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(ids.into_iter().map(Id::new).collect())
}

/// How many providers there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Floor {
    /// Online.
    pub online: i64,
    /// Passed the identity check.
    pub approved: i64,
    /// Whose papers wait for a decision.
    pub waiting: i64,
}

/// How many providers are online, approved, waiting.
///
/// # Errors
/// When the database cannot be read.
pub async fn floor(connection: &impl ConnectionTrait) -> Result<Floor, DbErr> {
    let online = profile::Entity::find().filter(profile::Column::IsAvailable.eq(true));
    let online = online.select_only().column_as(profile::Column::UserId.count(), "number").into_tuple().one(connection).await?;
    let papers: Vec<(String, i64)> = verification::Entity::find()
        .select_only()
        .column(verification::Column::Status)
        .column_as(verification::Column::Status.count(), "number")
        .group_by(verification::Column::Status)
        .into_tuple()
        .all(connection)
        .await?;
    let of = |status: VerificationStatus| papers.iter().find(|(word, _)| word == status.as_str()).map_or(0, |(_, number)| *number);
    Ok(Floor { online: online.unwrap_or_default(), approved: of(VerificationStatus::Approved), waiting: of(VerificationStatus::Pending) })
}

/// Providers online with their names, by id; those after `after`, at most `limit`.
///
/// # Errors
/// When the database cannot be read.
pub async fn online(
    connection: &impl ConnectionTrait,
    after: Option<Id<values::User>>,
    limit: usize,
) -> Result<Vec<(Id<values::User>, String)>, DbErr> {
    let mut online = profile::Entity::find().join(JoinType::InnerJoin, profile::Relation::User.def());
    online = online.filter(profile::Column::IsAvailable.eq(true)).filter(user::Column::IsActive.eq(true));
    if let Some(after) = after {
        online = online.filter(profile::Column::UserId.gt(after.uuid()));
    }
    let named = online.select_only().column(profile::Column::UserId).column(user::Column::FullName);
    let found: Vec<(Uuid, String)> = named.order_by_asc(profile::Column::UserId).limit(limit as u64).into_tuple().all(connection).await?;
    Ok(found.into_iter().map(|(id, name)| (Id::new(id), name)).collect())
}

/// In a query: the ids of people whose names hold this.
#[must_use]
pub fn named(part: &str) -> SelectStatement {
    let name = contains(Expr::col(user::Column::FullName), part);
    Query::select().column(user::Column::Id).from(user::Entity).and_where(name).to_owned()
}

/// Refuses an admin who does not hold the permission.
///
/// # Errors
/// 403 `missing_permission`.
pub async fn require_permission(connection: &impl ConnectionTrait, admin: Id<values::User>, permission: Permission) -> ApiResult<()> {
    super::permissions::require(connection, admin, permission).await
}

/// Writes down what an admin did, in the transaction of what it was.
///
/// # Errors
/// When the database refuses.
pub async fn note_deed(app: &App, tx: &Tx, admin: Id<values::User>, deed: Deed) -> Result<(), DbErr> {
    audits::note(app, tx, admin, deed).await
}

/// Adds an accepted order to a provider's public numbers.
///
/// # Errors
/// When the database refuses.
pub async fn count_accepted(app: &App, tx: &Tx, provider: Id<values::User>) -> Result<(), DbErr> {
    profiles::count(app, tx, provider, profile::Column::TotalOrders).await
}

/// Adds a completed order to a provider's public numbers.
///
/// # Errors
/// When the database refuses.
pub async fn count_completed(app: &App, tx: &Tx, provider: Id<values::User>) -> Result<(), DbErr> {
    profiles::count(app, tx, provider, profile::Column::TotalCompletedOrders).await
}

/// Adds a rating of 1…5 stars to a provider's public numbers.
///
/// # Errors
/// When the database refuses.
pub async fn count_rating(app: &App, tx: &Tx, provider: Id<values::User>, stars: i32) -> Result<(), DbErr> {
    profiles::count_stars(app, tx, provider, stars).await
}

/// Forgets uploaded files that no row speaks of; how many that were.
///
/// # Errors
/// When the store or the database refuses.
pub async fn forget_stray_files(app: &App, connection: &impl ConnectionTrait) -> ApiResult<usize> {
    media::forget_strays(app, connection).await
}
