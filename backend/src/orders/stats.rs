//! A provider's numbers, day by day in Asia/Jakarta.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rapi_core::wire::people::{DayStats, StatsQuery, StatsResponse};
use rapi_core::{Id, Rupiah, Timestamp, values};
use sea_orm::ConnectionTrait;

use super::entities::order::Column;
use super::store;
use crate::app::App;
use crate::payments;
use crate::platform::ApiResult;
use crate::platform::days::{Days, day_of};

/// So many days when nothing is said.
const USUAL_DAYS: u64 = 30;

/// What a provider did and earned in some days.
///
/// # Errors
/// 422 for a time that makes no sense.
pub(super) async fn stats(
    app: &App,
    connection: &impl ConnectionTrait,
    provider: Id<values::User>,
    query: &StatsQuery,
) -> ApiResult<StatsResponse> {
    let days = Days::try_new(app.now(), query.from, query.to, USUAL_DAYS)?;
    let (from, to) = (days.start(), days.end());
    let mut book = Book::new(days);
    for at in store::orders::times(connection, provider, Column::AcceptedTime, from, to).await? {
        book.day(at).orders += 1;
    }
    for at in store::orders::times(connection, provider, Column::CompletedTime, from, to).await? {
        book.day(at).completed += 1;
    }
    for (at, stars) in store::ratings::stars(connection, provider, from, to).await? {
        book.day(at).stars.push(stars);
    }
    for (at, earned) in payments::service::earnings(connection, provider, from, to).await? {
        book.day(at).earnings += earned;
    }
    Ok(book.close())
}

/// One day's numbers, or all of them.
#[derive(Default)]
struct Sum {
    orders: i64,
    completed: i64,
    stars: Vec<i32>,
    earnings: Rupiah,
}

impl Sum {
    /// To two places, as profiles show it.
    fn average_rating(&self) -> Option<f64> {
        let count = u32::try_from(self.stars.len()).ok().filter(|count| *count > 0)?;
        let sum: f64 = self.stars.iter().copied().map(f64::from).sum();
        Some((sum / f64::from(count) * 100.0).round() / 100.0)
    }
}

/// The days asked for, each with its numbers.
struct Book(BTreeMap<NaiveDate, Sum>);

impl Book {
    fn new(days: Days) -> Self {
        Self(days.each().map(|day| (day, Sum::default())).collect())
    }

    fn day(&mut self, at: Timestamp) -> &mut Sum {
        self.0.entry(day_of(at)).or_default()
    }

    fn close(self) -> StatsResponse {
        let mut all = Sum::default();
        let mut by_day = Vec::with_capacity(self.0.len());
        for (date, day) in self.0 {
            let average_rating = day.average_rating();
            by_day.push(DayStats { date, orders: day.orders, completed: day.completed, average_rating, earnings: day.earnings });
            all.orders += day.orders;
            all.completed += day.completed;
            all.earnings += day.earnings;
            all.stars.extend(day.stars);
        }
        let average_rating = all.average_rating();
        StatsResponse { orders: all.orders, completed: all.completed, average_rating, earnings: all.earnings, by_day }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::days::start_of;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn days_without_work_are_there_and_the_average_is_of_all_ratings() {
        let mut book = Book::new(Days { first: date("2026-11-20"), last: date("2026-11-22") });
        book.day(start_of(date("2026-11-20"))).stars.extend([5, 4]);
        let last = book.day(start_of(date("2026-11-22")));
        last.stars.push(5);
        last.orders = 2;
        last.earnings = Rupiah::new(10_800);
        let stats = book.close();
        assert_eq!(stats.by_day.iter().map(|day| day.orders).collect::<Vec<_>>(), [0, 0, 2]);
        assert_eq!(stats.by_day[0].average_rating, Some(4.5));
        assert_eq!((stats.average_rating, stats.earnings), (Some(4.67), Rupiah::new(10_800)));
    }
}
