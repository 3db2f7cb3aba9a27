//! The list of everybody.

use dioxus::prelude::*;
use rapi_core::Timestamp;
use rapi_core::wire::admin::{AccountStatus, AdminUserItem, PeopleSort};
use rapi_core::wire::people::UserType;

use super::order_list::time_cell;
use super::user::{account_status, kind};
use crate::controls::{Chips, Choice, Empty, Icon, ListState};
use crate::desk::{Cell, Column, Head, Row, Rows, Sorting, Table};
use crate::formats::{decimal, phone};
use crate::text::{Text, Word, text};
use crate::vetting::vetting_status;

/// Who is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct UserFilter {
    /// Only of this kind.
    pub kind: Option<UserType>,
    /// Only who stand so.
    pub status: Option<AccountStatus>,
}

/// The columns of the list.
#[must_use]
pub fn user_columns(text: Text) -> Vec<Column> {
    vec![
        Column::new(text.say(Word::AdminName), "1.6fr").with_second(text.say(Word::AdminEmail)).sorting_all(),
        Column::new(text.say(Word::AdminKind), "0.8fr"),
        Column::new(text.say(Word::AdminPhone), "1.1fr").giving_way(),
        Column::new(text.say(Word::AdminAccount), "0.9fr"),
        Column::new(text.say(Word::AdminIdentity), "1fr").giving_way(),
        Column::new(text.say(Word::AdminStarsShort), "0.5fr").at_end().giving_way(),
        Column::new(text.say(Word::AdminSince), "1.1fr").giving_way().sorting_all(),
    ]
}

/// What the backend is asked for, when the list is sorted so.
#[must_use]
pub const fn user_sort(sorting: Option<Sorting>) -> Option<PeopleSort> {
    match sorting {
        Some(Sorting { column: 0, is_down: false }) => Some(PeopleSort::Name),
        Some(Sorting { column: 0, is_down: true }) => Some(PeopleSort::NameDesc),
        Some(Sorting { column: 6, is_down: false }) => Some(PeopleSort::Oldest),
        _ => None,
    }
}

/// A line of the list.
#[must_use]
pub fn user_row(item: &AdminUserItem, now: Timestamp, text: Text) -> Row {
    let user = &item.user;
    let (tone, status) = account_status(&item.status);
    let vetting = if user.user_type.is(&UserType::ServiceProvider) {
        let (tone, said) = vetting_status(&user.verification_status);
        Cell::tag(tone, said.say(text))
    } else {
        Cell::words("–")
    };
    #[expect(clippy::cast_possible_truncation, reason = "1 to 5, in hundredths")]
    let stars = item.average_rating.map_or_else(
        || Cell::words("–").by(0, ""),
        |stars| Cell::words(decimal(stars, text.language())).by((stars * 100.0).round() as i64, stars.to_string()),
    );
    let cells = vec![
        Cell::words(&user.full_name).with(&user.email),
        Cell::words(kind(&user.user_type).say(text)),
        Cell::words(user.phone.as_deref().map_or_else(|| "–".to_owned(), phone)),
        Cell::tag(tone, status.say(text)),
        vetting,
        stars,
        time_cell(item.created_at, now, text),
    ];
    Row { key: user.id.to_string(), cells }
}

/// Everybody: looked for, filtered, and one open beside.
#[component]
pub fn UsersScreen(
    rows: ReadSignal<Rows>,
    state: ListState,
    /// How the list as a whole is sorted, unless newest first.
    sorting: Option<Sorting>,
    filter: UserFilter,
    #[props(default)] looked_for: String,
    open: Option<String>,
    panel: Option<Element>,
    #[props(default)] saving: bool,
    on_search: EventHandler<String>,
    on_filter: EventHandler<UserFilter>,
    on_sort: EventHandler<Option<Sorting>>,
    on_open: EventHandler<String>,
    on_more: EventHandler,
    on_retry: EventHandler,
    on_csv: EventHandler,
) -> Element {
    let text = text();
    let kinds =
        [UserType::Client, UserType::ServiceProvider, UserType::Admin].map(|one| Choice::new(Some(one), kind(&one.into()).say(text)));
    let kinds = std::iter::once(Choice::new(None, text.say(Word::AdminAll))).chain(kinds).collect();
    let known = [AccountStatus::Active, AccountStatus::Suspended, AccountStatus::Locked];
    let states = known.map(|one| Choice::new(Some(one), account_status(&one.into()).1.say(text)));
    let states = std::iter::once(Choice::new(None, text.say(Word::AdminAnyState))).chain(states).collect();
    let filters = rsx! {
        Chips { label: text.say(Word::AdminKind), choices: kinds, chosen: Some(filter.kind), on_choose: move |kind| on_filter.call(UserFilter { kind, ..filter }) }
        Chips { label: text.say(Word::AdminAccount), choices: states, chosen: Some(filter.status), on_choose: move |status| on_filter.call(UserFilter { status, ..filter }) }
    };
    let empty = rsx! {
        Empty { icon: Icon::Users, title: text.say(Word::AdminNothingFound), advice: text.say(Word::AdminNothingFoundAdvice) }
    };
    rsx! {
        main { class: "desk",
            Head { title: text.say(Word::AdminUsers), search: text.say(Word::AdminUsersSearch), on_search, on_csv, saving, filters }
            div { class: "desk-split",
                Table { label: text.say(Word::AdminUsers), columns: user_columns(text), rows, state, open, empty, sorting, on_sort, on_open, on_more, on_retry }
                {panel}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use dioxus::prelude::*;

    use super::*;
    use crate::drawn::drawn;
    use crate::text::Language;

    #[test]
    fn every_column_that_sorts_all_asks_for_it() {
        drawn(Language::English, || {
            for (column, heading) in user_columns(text()).iter().enumerate() {
                let asked = user_sort(Some(Sorting { column, is_down: false }));
                assert_eq!(asked.is_some(), heading.sorts_all, "{}", heading.name);
            }
            rsx! {}
        });
    }
}
