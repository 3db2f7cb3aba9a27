//! A provider's public profile, her being online, and her public numbers.

use std::collections::BTreeSet;

use rapi_core::Rupiah;
use rapi_core::wire::people::{
    AvailabilityRequest, MediaPurpose, PatchProviderProfileRequest, ProviderProfileResponse, Reputation, VerificationStatus,
};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::entities::{profile, provider_service};
use super::media;
use super::store::{self, UserId};
use crate::app::App;
use crate::orders;
use crate::platform::{ApiError, ApiResult, Tx};

/// A provider's own row.
///
/// # Errors
/// 404 for who is no provider.
pub(super) async fn of(connection: &impl ConnectionTrait, user: UserId) -> ApiResult<profile::Model> {
    let row = profile::Entity::find().filter(profile::Column::UserId.eq(user.uuid())).one(connection).await?;
    row.ok_or_else(|| ApiError::not_found("provider profile"))
}

async fn locked(tx: &Tx, user: UserId) -> ApiResult<profile::Model> {
    let row = profile::Entity::find().filter(profile::Column::UserId.eq(user.uuid())).lock_exclusive().one(tx).await?;
    row.ok_or_else(|| ApiError::not_found("provider profile"))
}

/// Changes what is given.
///
/// # Errors
/// 422 for categories that do not exist and pictures that are not the caller's own.
pub(super) async fn patch(app: &App, tx: &Tx, user: UserId, request: PatchProviderProfileRequest) -> ApiResult<ProviderProfileResponse> {
    let mut row = locked(tx, user).await?.into_active_model();
    if let Some(bio) = request.bio {
        row.bio = Set(Some(bio).filter(|bio| !bio.trim().is_empty()));
    }
    if let Some(slugs) = request.service_types {
        row.service_types = Set(serde_json::to_value(set_services(tx, user, slugs).await?)?);
    }
    if let Some(rate) = request.hourly_rate {
        row.hourly_rate = Set(Some(rate.get()));
    }
    if let Some(certifications) = request.certifications {
        row.certifications = Set(serde_json::to_value(certifications)?);
    }
    if let Some(hours) = request.working_hours {
        row.working_hours = Set(hours.map(serde_json::to_value).transpose()?);
    }
    if let Some(areas) = request.service_areas {
        row.service_areas = Set(serde_json::to_value(areas)?);
    }
    if let Some(urls) = request.portfolio_urls {
        media::require_own(tx, user, "portfolio_urls", &urls, MediaPurpose::Portfolio).await?;
        row.portfolio_urls = Set(serde_json::to_value(urls)?);
    }
    row.updated_at = Set(app.now().micros());
    Ok(answer(write(tx, user, row).await?))
}

/// Puts a provider into categories, each once and all of them known; returns them sorted.
async fn set_services(tx: &Tx, user: UserId, slugs: Vec<String>) -> ApiResult<BTreeSet<String>> {
    let known: BTreeSet<String> = orders::service::categories(tx).await?.into_iter().map(|category| category.slug).collect();
    if let Some(index) = slugs.iter().position(|slug| !known.contains(slug)) {
        return Err(ApiError::invalid_field(&format!("service_types[{index}]"), "unknown_category", "must be the slug of a category"));
    }
    let slugs: BTreeSet<String> = slugs.into_iter().collect();
    provider_service::Entity::delete_many().filter(provider_service::Column::UserId.eq(user.uuid())).exec(tx).await?;
    let rows = slugs.iter().map(|slug| provider_service::ActiveModel { user_id: Set(user.uuid()), category_slug: Set(slug.clone()) });
    if !slugs.is_empty() {
        provider_service::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(slugs)
}

/// Goes online or offline. Where she is now is noted by the caller after the commit.
///
/// # Errors
/// 403 `not_approved` for going online before the identity check is passed.
pub(super) async fn set_availability(
    app: &App,
    tx: &Tx,
    user: UserId,
    request: &AvailabilityRequest,
) -> ApiResult<ProviderProfileResponse> {
    let mut row = locked(tx, user).await?.into_active_model();
    if request.is_available && store::status_of(tx, user.uuid()).await? != VerificationStatus::Approved {
        return Err(ApiError::forbidden("not_approved", "only providers who passed the identity check may go online"));
    }
    row.is_available = Set(request.is_available);
    row.updated_at = Set(app.now().micros());
    Ok(answer(write(tx, user, row).await?))
}

/// Writes a profile, naming its owner.
async fn write(tx: &Tx, user: UserId, row: profile::ActiveModel) -> ApiResult<profile::Model> {
    profile::Entity::update_many().set(row).filter(profile::Column::UserId.eq(user.uuid())).exec(tx).await?;
    of(tx, user).await
}

/// The profile as its provider sees it.
pub(super) fn answer(row: profile::Model) -> ProviderProfileResponse {
    ProviderProfileResponse {
        reputation: reputation(&row),
        bio: row.bio,
        service_types: read(row.service_types),
        hourly_rate: row.hourly_rate.map(Rupiah::new),
        certifications: read(row.certifications),
        working_hours: row.working_hours.and_then(|hours| serde_json::from_value(hours).ok()),
        service_areas: read(row.service_areas),
        portfolio_urls: read(row.portfolio_urls),
        is_available: row.is_available,
    }
}

/// A list as it was written; checked then, so never unreadable now.
pub(super) fn read<T: DeserializeOwned + Default>(json: Value) -> T {
    serde_json::from_value(json).unwrap_or_default()
}

/// The public numbers.
pub(super) fn reputation(row: &profile::Model) -> Reputation {
    Reputation {
        total_orders: row.total_orders,
        total_completed_orders: row.total_completed_orders,
        average_rating: average(row.average_rating, row.total_ratings),
        total_ratings: row.total_ratings,
    }
}

/// The average with two decimals, as the seed has it; none without ratings.
pub(super) fn average(average: f64, ratings: i64) -> Option<f64> {
    (ratings > 0).then(|| (average * 100.0).round() / 100.0)
}

/// Adds one to a public number.
pub(super) async fn count(app: &App, tx: &Tx, provider: UserId, column: profile::Column) -> Result<(), DbErr> {
    profile::Entity::update_many()
        .col_expr(column, Expr::col(column).add(1_i64))
        .col_expr(profile::Column::UpdatedAt, Expr::value(app.now().micros()))
        .filter(profile::Column::UserId.eq(provider.uuid()))
        .exec(tx)
        .await?;
    Ok(())
}

/// Adds stars to the average, in one statement: ratings at the same time lose none.
pub(super) async fn count_stars(app: &App, tx: &Tx, provider: UserId, stars: i32) -> Result<(), DbErr> {
    use profile::Column::{AverageRating, RatingSum, TotalRatings, UpdatedAt, UserId as Owner};
    let (stars, one) = (i64::from(stars), 1_i64);
    let sum = || Expr::col(RatingSum).add(stars);
    let ratings = || Expr::col(TotalRatings).add(one);
    profile::Entity::update_many()
        .col_expr(AverageRating, Expr::value(1.0_f64).mul(sum()).div(ratings()))
        .col_expr(RatingSum, sum())
        .col_expr(TotalRatings, ratings())
        .col_expr(UpdatedAt, Expr::value(app.now().micros()))
        .filter(Owner.eq(provider.uuid()))
        .exec(tx)
        .await?;
    Ok(())
}
