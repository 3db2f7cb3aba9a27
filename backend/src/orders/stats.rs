//! A provider's numbers, day by day in Asia/Jakarta.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::{Days, NaiveDate};
use rapi_core::orders::Zone;
use rapi_core::wire::people::{DayStats, StatsQuery, StatsResponse};
use rapi_core::{Id, Rupiah, Timestamp, values};
use sea_orm::ConnectionTrait;

use super::entities::order::Column;
use super::store;
use crate::app::App;
use crate::payments;
use crate::platform::{ApiError, ApiResult};

/// So many days at most, and so many when nothing is said.
const MOST_DAYS: i64 = 366;
const USUAL_DAYS: u64 = 30;

/// Days count in Western Indonesian Time, wherever the provider works.
const AHEAD: Duration = Duration::from_secs(Zone::Western.utc_offset_minutes().unsigned_abs() as u64 * 60);

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
    let (first, last) = days(app, query)?;
    let (from, to) = (start_of(first), start_of(last) + Duration::from_secs(24 * 60 * 60));
    let mut book = Book::new(first, last);
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

/// The first and the last day asked for.
fn days(app: &App, query: &StatsQuery) -> ApiResult<(NaiveDate, NaiveDate)> {
    let last = query.to.unwrap_or_else(|| day_of(app.now()));
    let first = query.from.or_else(|| last.checked_sub_days(Days::new(USUAL_DAYS - 1))).unwrap_or(last);
    if first > last || (last - first).num_days() >= MOST_DAYS {
        return Err(ApiError::invalid_field("from", "out_of_range", format!("must be at most {} days before `to`", MOST_DAYS - 1)));
    }
    Ok((first, last))
}

fn day_of(at: Timestamp) -> NaiveDate {
    (at + AHEAD).to_utc().date_naive()
}

fn start_of(day: NaiveDate) -> Timestamp {
    Timestamp::from(day.and_time(chrono::NaiveTime::MIN).and_utc()) - AHEAD
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
    fn new(first: NaiveDate, last: NaiveDate) -> Self {
        Self(first.iter_days().take_while(|day| *day <= last).map(|day| (day, Sum::default())).collect())
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

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_begins_at_midnight_in_jakarta() {
        assert_eq!(start_of(date("2026-11-22")), "2026-11-21T17:00:00Z".parse().unwrap());
        assert_eq!(day_of("2026-11-21T16:59:59.999999Z".parse().unwrap()), date("2026-11-21"));
        assert_eq!(day_of("2026-11-21T17:00:00Z".parse().unwrap()), date("2026-11-22"));
    }

    #[test]
    fn days_without_work_are_there_and_the_average_is_of_all_ratings() {
        let mut book = Book::new(date("2026-11-20"), date("2026-11-22"));
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
