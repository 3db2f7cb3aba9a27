//! The platform in numbers, day by day, for admins.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rapi_core::Rupiah;
use rapi_core::wire::admin::{AdminDayStats, AdminNow, AdminStatsQuery, AdminStatsResponse, AdminTotals};
use sea_orm::{ConnectionTrait, DbErr};

use super::entities::order::Column;
use super::store::figures;
use crate::app::App;
use crate::platform::ApiResult;
use crate::platform::days::{Days, day_numbered};
use crate::{payments, users};

/// So many days when nothing is said.
const USUAL_DAYS: u64 = 14;

/// What happened in some days, what before them, and what goes on now.
///
/// # Errors
/// 422 for a time that makes no sense.
pub(super) async fn overview(app: &App, connection: &impl ConnectionTrait, query: &AdminStatsQuery) -> ApiResult<AdminStatsResponse> {
    let days = Days::try_new(app.now(), query.from, query.to, USUAL_DAYS)?;
    let before = days.before()?;
    let book = Book::read(connection, Days { first: before.first, ..days }).await?;
    let floor = users::service::floor(connection).await?;
    Ok(AdminStatsResponse {
        from: days.first,
        to: days.last,
        totals: book.sum(days).totals(),
        before: book.sum(before).totals(),
        by_day: days.each().map(|date| AdminDayStats { date, totals: book.of(date).totals() }).collect(),
        now: AdminNow {
            running_orders: figures::running_count(connection).await?,
            providers_online: floor.online,
            providers_approved: floor.approved,
            verifications_waiting: floor.waiting,
        },
    })
}

/// What is added up.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Sum {
    created: i64,
    completed: i64,
    cancelled: i64,
    no_provider: i64,
    gross_value: Rupiah,
    platform_revenue: Rupiah,
    ratings: i64,
    stars: i64,
}

impl Sum {
    fn add(self, other: Self) -> Self {
        Self {
            created: self.created + other.created,
            completed: self.completed + other.completed,
            cancelled: self.cancelled + other.cancelled,
            no_provider: self.no_provider + other.no_provider,
            gross_value: self.gross_value + other.gross_value,
            platform_revenue: self.platform_revenue + other.platform_revenue,
            ratings: self.ratings + other.ratings,
            stars: self.stars + other.stars,
        }
    }

    fn totals(self) -> AdminTotals {
        AdminTotals {
            created: self.created,
            completed: self.completed,
            cancelled: self.cancelled,
            no_provider: self.no_provider,
            gross_value: self.gross_value,
            platform_revenue: self.platform_revenue,
            ratings: self.ratings,
            average_rating: share(self.stars, self.ratings, 100.0),
            conversion: share(self.completed, self.created, 10_000.0),
        }
    }
}

/// One number for each of another, so fine; none without the other.
fn share(part: i64, whole: i64, fine: f64) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "nobody counts so far")]
    let share = || part as f64 / whole as f64;
    (whole > 0).then(|| (share() * fine).round() / fine)
}

/// The days on which anything happened.
#[derive(Default)]
struct Book(BTreeMap<NaiveDate, Sum>);

impl Book {
    async fn read(connection: &impl ConnectionTrait, days: Days) -> Result<Self, DbErr> {
        let mut book = Self::default();
        for (day, number) in figures::times(connection, Column::CreatedAt, days).await? {
            book.day(day).created = number;
        }
        for (day, number) in figures::times(connection, Column::CompletedTime, days).await? {
            book.day(day).completed = number;
        }
        for (day, number, by_somebody) in figures::cancelled(connection, days).await? {
            book.day(day).cancelled = number;
            book.day(day).no_provider = number - by_somebody;
        }
        for (day, number, stars) in figures::ratings(connection, days).await? {
            book.day(day).ratings = number;
            book.day(day).stars = stars;
        }
        for takings in payments::service::takings(connection, days).await? {
            let day = book.0.entry(takings.day).or_default();
            day.gross_value = takings.gross_value;
            day.platform_revenue = takings.platform_revenue;
        }
        Ok(book)
    }

    fn day(&mut self, number: i64) -> &mut Sum {
        self.0.entry(day_numbered(number)).or_default()
    }

    fn of(&self, date: NaiveDate) -> Sum {
        self.0.get(&date).copied().unwrap_or_default()
    }

    fn sum(&self, days: Days) -> Sum {
        self.0.range(days.first..=days.last).fold(Sum::default(), |all, (_, day)| all.add(*day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_have_no_average_of_nothing() {
        let nothing = Sum::default().totals();
        assert_eq!((nothing.average_rating, nothing.conversion), (None, None));
        let some = Sum { created: 3, completed: 2, ratings: 3, stars: 14, ..Sum::default() }.totals();
        assert_eq!((some.average_rating, some.conversion), (Some(4.67), Some(0.6667)));
    }
}
