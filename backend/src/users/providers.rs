//! Providers as clients find them: approved and active ones only.

use std::cmp::Ordering;
use std::collections::HashMap;

use rapi_core::wire::Page;
use rapi_core::wire::people::{ProviderArea, ProviderDetail, ProviderItem, ProviderSort, ProvidersQuery, VerificationStatus};
use rapi_core::{Id, LatLng, Rupiah, Timestamp, values};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait, SelectTwo};
use uuid::Uuid;

use super::entities::{profile, provider_service, user, verification};
use super::profiles;
use crate::app::App;
use crate::location::service::{nearest, position_of};
use crate::orders;
use crate::platform::cursor::Window;
use crate::platform::{ApiError, ApiResult, contains};

/// How far around a place when nothing is said, km.
const USUAL_RADIUS_KM: f64 = 12.0;
/// That many around a place are looked at, nearest first.
const MOST_AROUND: usize = 1000;

type Row = (profile::Model, Option<user::Model>);

/// A provider that was found, and where she stands in the list: smaller comes first, then smaller ids.
struct Found {
    person: user::Model,
    profile: profile::Model,
    /// Roughly where she is.
    area: Option<LatLng>,
    distance_km: Option<f64>,
    rank: f64,
}

/// Where the page before ended.
#[derive(Debug, Clone, Copy, PartialEq)]
struct After {
    rank: f64,
    id: Uuid,
}

impl After {
    fn try_new(cursor: &str) -> Option<Self> {
        let (rank, id) = cursor.split_once('_')?;
        let rank = rank.parse().ok().filter(|rank: &f64| rank.is_finite())?;
        Some(Self { rank, id: Uuid::parse_str(id).ok()? })
    }

    fn admits(self, found: &Found) -> bool {
        (found.rank, found.person.id) > (self.rank, self.id)
    }
}

/// A page of providers.
///
/// # Errors
/// 422 for a cursor of another list.
pub(super) async fn search(app: &App, query: ProvidersQuery) -> ApiResult<Page<ProviderItem>> {
    let window = Window::try_new(query.limit, None)?;
    let bad_cursor = || ApiError::invalid_field("cursor", "invalid", "not a cursor of this list");
    let after = query.cursor.as_deref().map(|cursor| After::try_new(cursor).ok_or_else(bad_cursor)).transpose()?;
    let place = match (query.lat, query.lng) {
        (Some(lat), Some(lng)) => LatLng::try_new(lat, lng).ok(),
        _ => None,
    };
    let mut found = match place {
        Some(place) => around(app, &query, place, after).await?,
        None => best_rated(app, &query, window, after).await?,
    };
    let limit = usize::try_from(window.limit).unwrap_or(usize::MAX);
    let has_more = found.len() > limit;
    found.truncate(limit);
    let last = found.last().filter(|_| has_more);
    let next_cursor = last.map(|last| format!("{}_{}", last.rank, last.person.id));
    Ok(Page { items: found.into_iter().map(item).collect(), next_cursor })
}

/// Near a place, sorted in memory: positions are there, not in the database.
///
/// All that depends on where somebody is — whether she is found, her distance, her turn in the list and with it the cursor —
/// depends on her area alone. Whoever asks from many places, or for many radii, learns no more than that.
async fn around(app: &App, query: &ProvidersQuery, place: LatLng, after: Option<After>) -> Result<Vec<Found>, DbErr> {
    let radius_meters = query.radius_km.unwrap_or(USUAL_RADIUS_KM) * 1000.0 + LatLng::AREA_RADIUS_METERS;
    // Of an area that lies within the radius somebody may be as far again on the other side of its middle.
    let near = nearest(app, place, (radius_meters + LatLng::AREA_RADIUS_METERS) / 1000.0, MOST_AROUND);
    let areas = near.iter().map(|near| (near.provider.uuid(), near.position.area()));
    let areas: HashMap<Uuid, LatLng> = areas.filter(|(_, area)| place.meters_to(*area) <= radius_meters).collect();
    let rows = matching(query).filter(profile::Column::UserId.is_in(areas.keys().copied())).all(app.db.read()).await?;
    let by_rating = query.sort == Some(ProviderSort::Rating);
    let mut found: Vec<Found> = rows
        .into_iter()
        .filter_map(|(profile, person)| {
            let (person, area) = (person?, *areas.get(&profile.user_id)?);
            let meters = place.meters_to(area);
            let rank = if by_rating { -profile.average_rating } else { meters };
            Some(Found { person, profile, area: Some(area), distance_km: Some(shown_km(meters)), rank })
        })
        .filter(|found| after.is_none_or(|after| after.admits(found)))
        .collect();
    found.sort_by(|one, other| order(one).partial_cmp(&order(other)).unwrap_or(Ordering::Equal));
    Ok(found)
}

fn order(found: &Found) -> (f64, Uuid) {
    (found.rank, found.person.id)
}

/// In tenths: enough to choose by.
fn shown_km(meters: f64) -> f64 {
    (meters / 100.0).round() / 10.0
}

/// Anywhere, best rated first.
async fn best_rated(app: &App, query: &ProvidersQuery, window: Window, after: Option<After>) -> Result<Vec<Found>, DbErr> {
    let mut rows = matching(query);
    if let Some(after) = after {
        let same = profile::Column::AverageRating.eq(-after.rank).and(profile::Column::UserId.gt(after.id));
        rows = rows.filter(Condition::any().add(profile::Column::AverageRating.lt(-after.rank)).add(same));
    }
    let rows = rows.order_by_desc(profile::Column::AverageRating).order_by_asc(profile::Column::UserId).limit(window.limit + 1);
    let rows: Vec<Row> = rows.all(app.db.read()).await?;
    Ok(rows
        .into_iter()
        .filter_map(|(profile, person)| {
            let area = area_of(app, Id::new(profile.user_id));
            Some(Found { person: person?, rank: -profile.average_rating, profile, area, distance_km: None })
        })
        .collect())
}

fn area_of(app: &App, provider: Id<values::User>) -> Option<LatLng> {
    position_of(app, provider).map(|(position, _)| position.area())
}

/// Approved and active providers who fit the words of the query.
fn matching(query: &ProvidersQuery) -> SelectTwo<profile::Entity, user::Entity> {
    let mut rows = public();
    if let Some(slug) = &query.category {
        let in_category =
            subquery(provider_service::Column::UserId, provider_service::Entity, provider_service::Column::CategorySlug.eq(slug));
        rows = rows.filter(profile::Column::UserId.in_subquery(in_category));
    }
    if let Some(part) = &query.q {
        rows = rows.filter(contains(Expr::col((user::Entity, user::Column::FullName)), part));
    }
    rows
}

fn public() -> SelectTwo<profile::Entity, user::Entity> {
    let approved = verification::Column::Status.eq(VerificationStatus::Approved.as_str());
    let approved = subquery(verification::Column::UserId, verification::Entity, approved);
    profile::Entity::find()
        .join(JoinType::InnerJoin, profile::Relation::User.def())
        .select_also(user::Entity)
        .filter(user::Column::IsActive.eq(true))
        .filter(profile::Column::UserId.in_subquery(approved))
}

fn subquery(column: impl ColumnTrait, table: impl EntityTrait, holds: Expr) -> SelectStatement {
    Query::select().column(column).from(table).and_where(holds).to_owned()
}

/// A provider's public page.
///
/// # Errors
/// 404 for who is not an approved, active provider.
pub(super) async fn detail(app: &App, id: Id<values::User>) -> ApiResult<ProviderDetail> {
    let connection = app.db.read();
    let row = public().filter(profile::Column::UserId.eq(id.uuid())).one(connection).await?;
    let Some((profile, Some(person))) = row else { return Err(ApiError::not_found("provider")) };
    let member_since = Timestamp::from_micros(person.created_at);
    let own = profiles::answer(profile.clone());
    let provider = item(Found { person, profile, area: area_of(app, id), distance_km: None, rank: 0.0 });
    let categories = orders::service::categories(connection).await?;
    Ok(ProviderDetail {
        categories: categories.into_iter().filter(|category| provider.service_types.contains(&category.slug)).collect(),
        provider,
        bio: own.bio,
        certifications: own.certifications,
        working_hours: own.working_hours,
        service_areas: own.service_areas,
        portfolio_urls: own.portfolio_urls,
        member_since,
    })
}

fn item(found: Found) -> ProviderItem {
    let Found { person, profile, area, distance_km, .. } = found;
    // Who is not to be had now is on no map.
    let area = area.filter(|_| profile.is_available);
    ProviderItem {
        id: Id::new(person.id),
        full_name: person.full_name,
        profile_photo: person.profile_photo,
        hourly_rate: profile.hourly_rate.map(Rupiah::new),
        reputation: profiles::reputation(&profile),
        service_types: profiles::read(profile.service_types),
        is_available: profile.is_available,
        is_verified_provider: true,
        distance_km,
        area: area.map(|area| ProviderArea {
            latitude: area.latitude(),
            longitude: area.longitude(),
            radius_meters: LatLng::AREA_RADIUS_METERS,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_as_it_was_written() {
        let id = Uuid::from_u128(7);
        assert_eq!(After::try_new(&format!("{}_{id}", -4.666_666_666_666_667)), Some(After { rank: -4.666_666_666_666_667, id }));
        for text in ["", "_", "4.5", "NaN_00000000-0000-0000-0000-000000000007", "4.5_x"] {
            assert_eq!(After::try_new(text), None, "{text}");
        }
    }
}
