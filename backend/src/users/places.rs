//! Saved addresses. Of those a person has, exactly one is primary.

use rapi_core::Timestamp;
use rapi_core::wire::people::{LocationItem, LocationRequest, PatchLocationRequest};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::entities::place;
use super::store::{self, UserId};
use crate::app::App;
use crate::platform::cursor::Window;
use crate::platform::{ApiError, ApiResult, Tx};

/// Enough for anybody.
const MOST: u64 = 50;

/// A page of a person's addresses, newest first; one row more than asked for, when there is one.
pub(super) async fn list(connection: &impl ConnectionTrait, user: UserId, window: Window) -> Result<Vec<place::Model>, DbErr> {
    let mut query = place::Entity::find().filter(place::Column::UserId.eq(user.uuid()));
    if let Some(before) = window.before {
        query = query.filter(place::Column::Id.lt(before));
    }
    query.order_by_desc(place::Column::Id).limit(window.limit + 1).all(connection).await
}

/// Saves an address; the first one is primary.
///
/// # Errors
/// 409 `too_many_locations`.
pub(super) async fn add(app: &App, tx: &Tx, user: UserId, request: LocationRequest) -> ApiResult<LocationItem> {
    store::locked(tx, user).await?;
    let count = place::Entity::find().filter(place::Column::UserId.eq(user.uuid())).count(tx).await?;
    if count >= MOST {
        return Err(ApiError::conflict("too_many_locations", format!("at most {MOST} saved addresses")));
    }
    let is_primary = count == 0 || request.is_primary == Some(true);
    if is_primary {
        unset_primary(tx, user).await?;
    }
    let now = app.now().micros();
    let row = place::Model {
        id: app.ids.uuid(),
        user_id: user.uuid(),
        label: request.label,
        latitude: request.latitude,
        longitude: request.longitude,
        address: request.address,
        city: request.city,
        province: request.province,
        postal_code: request.postal_code,
        is_primary,
        created_at: now,
        updated_at: now,
    };
    place::Entity::insert(row.clone().into_active_model().reset_all()).exec_without_returning(tx).await?;
    Ok(item(row))
}

/// Changes what is given.
///
/// # Errors
/// 404 for an address of somebody else.
pub(super) async fn patch(app: &App, tx: &Tx, user: UserId, id: Uuid, request: PatchLocationRequest) -> ApiResult<LocationItem> {
    store::locked(tx, user).await?;
    let mut row = own(tx, user, id).await?.into_active_model();
    if request.is_primary == Some(true) {
        unset_primary(tx, user).await?;
        row.is_primary = Set(true);
    }
    if let (Some(latitude), Some(longitude)) = (request.latitude, request.longitude) {
        row.latitude = Set(latitude);
        row.longitude = Set(longitude);
    }
    if let Some(address) = request.address {
        row.address = Set(address);
    }
    let optional = [
        (&mut row.label, request.label),
        (&mut row.city, request.city),
        (&mut row.province, request.province),
        (&mut row.postal_code, request.postal_code),
    ];
    for (column, given) in optional {
        if given.is_some() {
            *column = Set(given);
        }
    }
    row.updated_at = Set(app.now().micros());
    Ok(item(row.update(tx).await?))
}

/// Forgets an address. When it was the primary one, the newest of the others takes its place.
///
/// # Errors
/// 404 for an address of somebody else.
pub(super) async fn remove(tx: &Tx, user: UserId, id: Uuid) -> ApiResult<()> {
    store::locked(tx, user).await?;
    let row = own(tx, user, id).await?;
    place::Entity::delete_by_id(row.id).exec(tx).await?;
    if !row.is_primary {
        return Ok(());
    }
    let next =
        place::Entity::find().filter(place::Column::UserId.eq(user.uuid())).order_by_desc(place::Column::Id).limit(1).one(tx).await?;
    if let Some(next) = next {
        place::Entity::update_many()
            .col_expr(place::Column::IsPrimary, Expr::value(true))
            .filter(place::Column::Id.eq(next.id))
            .exec(tx)
            .await?;
    }
    Ok(())
}

async fn own(tx: &Tx, user: UserId, id: Uuid) -> ApiResult<place::Model> {
    let row = place::Entity::find_by_id(id).filter(place::Column::UserId.eq(user.uuid())).one(tx).await?;
    row.ok_or_else(|| ApiError::not_found("location"))
}

async fn unset_primary(tx: &Tx, user: UserId) -> Result<(), DbErr> {
    place::Entity::update_many()
        .col_expr(place::Column::IsPrimary, Expr::value(false))
        .filter(place::Column::UserId.eq(user.uuid()))
        .filter(place::Column::IsPrimary.eq(true))
        .exec(tx)
        .await?;
    Ok(())
}

/// An address as its person sees it.
pub(super) fn item(row: place::Model) -> LocationItem {
    LocationItem {
        id: row.id,
        label: row.label,
        latitude: row.latitude,
        longitude: row.longitude,
        address: row.address,
        city: row.city,
        province: row.province,
        postal_code: row.postal_code,
        is_primary: row.is_primary,
        created_at: Timestamp::from_micros(row.created_at),
    }
}
