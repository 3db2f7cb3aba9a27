//! The list of people.

use std::collections::HashMap;

use rapi_core::Timestamp;
use rapi_core::wire::admin::{AccountStatus, AdminUserItem, AdminUsersQuery, ListSort, PeopleSort};
use rapi_core::wire::people::{UserType, VerificationStatus};
use sea_orm::sea_query::{Expr, ExprTrait, Func, Order, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

use crate::platform::contains;
use crate::platform::cursor::Window;
use crate::users::entities::{profile, user, verification};
use crate::users::{profiles, store};

/// A page; one row more than asked for, when there is one.
pub(in crate::users) async fn list(
    connection: &impl ConnectionTrait,
    query: &AdminUsersQuery,
    now: Timestamp,
    window: Window,
) -> Result<Vec<user::Model>, DbErr> {
    let mut rows = user::Entity::find();
    if let Some(part) = &query.q {
        rows = rows.filter(called(part));
    }
    if let Some(role) = query.user_type {
        rows = rows.filter(user::Column::UserType.eq(role.as_str()));
    }
    if let Some(status) = query.status {
        rows = rows.filter(stands(status, now));
    }
    if let Some(status) = query.verification_status {
        rows = rows.filter(user::Column::UserType.eq(UserType::ServiceProvider.as_str())).filter(has_come(status));
    }
    let rows = match query.sort.unwrap_or(PeopleSort::Newest) {
        PeopleSort::Newest => window.sorted(Some(ListSort::Newest)).over(rows, user::Column::Id),
        PeopleSort::Oldest => window.sorted(Some(ListSort::Oldest)).over(rows, user::Column::Id),
        PeopleSort::Name => by_name(connection, rows, window, Order::Asc).await?,
        PeopleSort::NameDesc => by_name(connection, rows, window, Order::Desc).await?,
    };
    rows.all(connection).await
}

/// Those of the page by name, and by age among those of one name: as the index `users_by_name` has them.
async fn by_name(
    connection: &impl ConnectionTrait,
    rows: Select<user::Entity>,
    window: Window,
    order: Order,
) -> Result<Select<user::Entity>, DbErr> {
    let name = || Func::lower(Expr::col((user::Entity, user::Column::FullName)));
    let last = match window.before {
        Some(last) => user::Entity::find_by_id(last).one(connection).await?,
        None => None,
    };
    let rows = last.into_iter().fold(rows, |rows, last| {
        let (there, id) = (Func::lower(last.full_name), user::Column::Id.into_expr());
        let (beyond, same) = (Expr::expr(name()), Expr::expr(name()).eq(there.clone()));
        rows.filter(match order {
            Order::Desc => Condition::any().add(beyond.lt(there)).add(same.and(id.lt(last.id))),
            _ => Condition::any().add(beyond.gt(there)).add(same.and(id.gt(last.id))),
        })
    });
    Ok(rows.order_by(Expr::expr(name()), order.clone()).order_by(user::Column::Id, order).limit(window.limit + 1))
}

/// Whose name, address or phone number holds this.
fn called(part: &str) -> Condition {
    let column = |column: user::Column| column.into_expr();
    let any = Condition::any().add(contains(column(user::Column::FullName), part)).add(contains(column(user::Column::Email), part));
    match phone(part) {
        Some(digits) => any.add(contains(column(user::Column::Phone), &digits)),
        None => any,
    }
}

/// What is typed as a phone number, as numbers are kept: 0812… is +62812….
fn phone(part: &str) -> Option<String> {
    let bare: String = part.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    let is_number = bare.strip_prefix('+').unwrap_or(&bare).bytes().all(|digit| digit.is_ascii_digit()) && bare.len() > 1;
    is_number.then(|| bare.strip_prefix('0').map_or_else(|| bare.clone(), |rest| format!("+62{rest}")))
}

fn stands(status: AccountStatus, now: Timestamp) -> Condition {
    let (is_active, until) = (user::Column::IsActive, user::Column::LockedUntil);
    match status {
        AccountStatus::Suspended => Condition::all().add(is_active.eq(false)),
        AccountStatus::Locked => Condition::all().add(is_active.eq(true)).add(until.gt(now.micros())),
        AccountStatus::Active => {
            let open = Condition::any().add(until.is_null()).add(until.lte(now.micros()));
            Condition::all().add(is_active.eq(true)).add(open)
        }
    }
}

fn has_come(status: VerificationStatus) -> Condition {
    let papers = |status: Option<VerificationStatus>| -> SelectStatement {
        let mut papers = Query::select();
        papers.column(verification::Column::UserId).from(verification::Entity);
        papers.and_where_option(status.map(|status| verification::Column::Status.eq(status.as_str())));
        papers
    };
    match status {
        VerificationStatus::None => Condition::all().add(user::Column::Id.not_in_subquery(papers(None))),
        other => Condition::all().add(user::Column::Id.in_subquery(papers(Some(other)))),
    }
}

/// These people as the list shows them, in the same order.
pub(in crate::users) async fn items(
    connection: &impl ConnectionTrait,
    rows: &[user::Model],
    now: Timestamp,
) -> Result<Vec<AdminUserItem>, DbErr> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let statuses = store::statuses(connection, &ids).await?;
    let profiles: Vec<profile::Model> = profile::Entity::find().filter(profile::Column::UserId.is_in(ids)).all(connection).await?;
    let profiles: HashMap<Uuid, profile::Model> = profiles.into_iter().map(|profile| (profile.user_id, profile)).collect();
    let item = |row: &user::Model| {
        let status = statuses.get(&row.id).copied().unwrap_or(VerificationStatus::None);
        item(row, status, profiles.get(&row.id), now)
    };
    Ok(rows.iter().map(item).collect())
}

fn item(row: &user::Model, verification: VerificationStatus, profile: Option<&profile::Model>, now: Timestamp) -> AdminUserItem {
    let locked_until = row.locked_until.map(Timestamp::from_micros).filter(|until| now < *until);
    let status = match locked_until {
        _ if !row.is_active => AccountStatus::Suspended,
        Some(_) => AccountStatus::Locked,
        None => AccountStatus::Active,
    };
    AdminUserItem {
        user: store::summary(row, verification),
        status: status.into(),
        locked_until,
        last_login: row.last_login.map(Timestamp::from_micros),
        created_at: Timestamp::from_micros(row.created_at),
        is_available: profile.map(|profile| profile.is_available),
        average_rating: profile.and_then(|profile| profiles::average(profile.average_rating, profile.total_ratings)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_number_is_looked_for_as_it_is_kept() {
        for (typed, kept) in [
            ("0812-3456 7890", Some("+6281234567890")),
            ("+62812", Some("+62812")),
            ("3456", Some("3456")),
            ("Siti", None),
            ("0", None),
            ("", None),
        ] {
            assert_eq!(phone(typed).as_deref(), kept, "{typed}");
        }
    }
}
