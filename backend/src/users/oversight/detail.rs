//! One person, with all that admins may know of her.

use rapi_core::wire::OrUnknown;
use rapi_core::wire::admin::{AdminProviderFacts, AdminUserDetail, MapPosition, Suspension};
use rapi_core::wire::people::UserType;
use rapi_core::{Id, Timestamp};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};

use super::list::items;
use crate::app::App;
use crate::platform::{ApiError, ApiResult};
use crate::users::entities::{permission, profile, suspension, user};
use crate::users::store::{self, UserId};
use crate::users::{profiles, sessions};
use crate::{location, orders, payments};

/// A person.
///
/// # Errors
/// 404 for unknown ones.
pub(in crate::users) async fn detail(app: &App, connection: &impl ConnectionTrait, id: UserId) -> ApiResult<AdminUserDetail> {
    let (row, now) = (store::of(connection, id).await?, app.now());
    let account = items(connection, std::slice::from_ref(&row), now).await?.pop().ok_or_else(|| ApiError::not_found("person"))?;
    let living = sessions::living(id, now).count(connection).await?;
    Ok(AdminUserDetail {
        account,
        phone_verified_at: row.phone_verified_at.map(Timestamp::from_micros),
        suspension: shut(connection, &row).await?,
        permissions: permissions(connection, id).await?,
        provider: provider(app, connection, &row).await?,
        orders: orders::service::counts_of(connection, id).await?,
        wallet: payments::service::wallet_of(connection, id).await?,
        sessions: i64::try_from(living).map_err(ApiError::internal)?,
    })
}

async fn shut(connection: &impl ConnectionTrait, row: &user::Model) -> Result<Option<Suspension>, DbErr> {
    if row.is_active {
        return Ok(None);
    }
    Ok(suspension::Entity::find_by_id(row.id).one(connection).await?.map(|row| Suspension {
        reason: row.reason,
        suspended_by: Id::new(row.suspended_by),
        suspended_at: Timestamp::from_micros(row.suspended_at),
    }))
}

async fn permissions<T: std::str::FromStr>(connection: &impl ConnectionTrait, id: UserId) -> Result<Vec<OrUnknown<T>>, DbErr> {
    let held = permission::Entity::find().filter(permission::Column::UserId.eq(id.uuid())).order_by_asc(permission::Column::Permission);
    let word = |row: permission::Model| row.permission.parse().map_or(OrUnknown::Unknown(row.permission), OrUnknown::Known);
    Ok(held.all(connection).await?.into_iter().map(word).collect())
}

async fn provider(app: &App, connection: &impl ConnectionTrait, row: &user::Model) -> Result<Option<AdminProviderFacts>, DbErr> {
    if store::role_of(row) != UserType::ServiceProvider {
        return Ok(None);
    }
    let profile = profile::Entity::find().filter(profile::Column::UserId.eq(row.id)).one(connection).await?;
    let position = location::service::position_of(app, Id::new(row.id));
    Ok(profile.map(|profile| AdminProviderFacts {
        is_available: profile.is_available,
        reputation: profiles::reputation(&profile),
        service_types: profiles::read(profile.service_types),
        position: position.map(|(place, at)| MapPosition::new(place, at)),
    }))
}
