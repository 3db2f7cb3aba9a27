//! What admins did.

use dioxus::prelude::*;
use rapi_core::Timestamp;
use rapi_core::wire::admin::{AuditItem, ListSort};

use super::deeds::{deed, facts, in_a_line, subject};
use crate::controls::{Empty, Icon, ListState};
use crate::desk::{Cell, Column, Fact, Facts, Head, Panel, Row, Rows, Section, Sorting, Table};
use crate::oversight::time_cell;
use crate::text::{Text, Word, text};

/// The columns of the list.
#[must_use]
pub fn audit_columns(text: Text) -> Vec<Column> {
    vec![
        Column::new(text.say(Word::AdminWhen), "1fr").sorting_all(),
        Column::new(text.say(Word::AdminDeed), "1.6fr"),
        Column::new(text.say(Word::AdminBy), "1.2fr"),
        Column::new(text.say(Word::AdminDetails), "2fr").giving_way(),
    ]
}

/// What the backend is asked for, when the list is sorted so.
#[must_use]
pub const fn audit_sort(sorting: Option<Sorting>) -> Option<ListSort> {
    match sorting {
        Some(Sorting { column: 0, is_down: false }) => Some(ListSort::Oldest),
        _ => None,
    }
}

/// A line of the list; `by` is who did it, if her name is known.
#[must_use]
pub fn audit_row(item: &AuditItem, by: Option<&str>, now: Timestamp, text: Text) -> Row {
    let deed = deed(&item.action).map_or_else(|| item.action.clone(), |word| text.say(word));
    let by = by.map_or_else(|| item.actor_id.to_string(), str::to_owned);
    let cells =
        vec![time_cell(item.created_at, now, text), Cell::words(deed), Cell::words(by), Cell::words(in_a_line(&item.details, text))];
    Row { key: item.id.to_string(), cells }
}

/// What admins did, newest first; one deed open beside.
#[component]
pub fn AuditScreen(
    rows: ReadSignal<Rows>,
    state: ListState,
    /// How the list as a whole is sorted, unless newest first.
    sorting: Option<Sorting>,
    /// The deed that is open, and who did it.
    opened: Option<(AuditItem, Option<String>)>,
    #[props(default)] saving: bool,
    /// Hands up the key, or nothing to close.
    on_sort: EventHandler<Option<Sorting>>,
    on_open: EventHandler<Option<String>>,
    on_more: EventHandler,
    on_retry: EventHandler,
    on_csv: EventHandler,
) -> Element {
    let text = text();
    let empty =
        rsx! { Empty { icon: Icon::ScrollText, title: text.say(Word::AdminAuditEmpty), advice: text.say(Word::AdminAuditEmptyAdvice) } };
    let open = opened.as_ref().map(|(item, _)| item.id.to_string());
    rsx! {
        main { class: "desk",
            Head { title: text.say(Word::AdminAudit), on_csv, saving }
            div { class: "desk-split",
                Table { label: text.say(Word::AdminAudit), columns: audit_columns(text), rows, state, open, empty, sorting, on_sort, on_open: move |key| on_open.call(Some(key)), on_more, on_retry }
                if let Some((item, by)) = opened {
                    Opened { item, by, on_close: move |()| on_open.call(None) }
                }
            }
        }
    }
}

#[component]
fn Opened(item: AuditItem, by: Option<String>, on_close: EventHandler) -> Element {
    let text = text();
    let title = deed(&item.action).map_or_else(|| item.action.clone(), |word| text.say(word));
    let at = crate::formats::Zoned::within(item.created_at, rapi_core::orders::Zone::Western);
    let about = vec![
        Fact::new(text.say(Word::AdminWhen), format!("{}, {}", at.day(text), at.clock_with_zone(text.language()))),
        Fact::new(text.say(Word::AdminBy), by.unwrap_or_else(|| item.actor_id.to_string())),
        Fact::new(text.say(Word::AdminSubject), format!("{} {}", subject(&item.subject_type, text), item.subject_id)),
    ];
    let details: Vec<Fact> = facts(&item.details, text).into_iter().map(|detail| Fact::new(detail.name, detail.value)).collect();
    rsx! {
        Panel { title, on_close,
            Section { heading: text.say(Word::AdminDeed), Facts { facts: about } }
            if !details.is_empty() {
                Section { heading: text.say(Word::AdminDetails), Facts { facts: details } }
            }
        }
    }
}
