//! The list of everybody's orders.

use std::collections::HashMap;

use dioxus::prelude::*;
use rapi_core::orders::Status;
use rapi_core::values::Rupiah;
use rapi_core::wire::admin::ListSort;
use rapi_core::wire::orders::OrderItem;
use rapi_core::{Timestamp, orders::Zone};

use super::order::category;
use super::order_status;
use crate::controls::{Chips, Choice, Empty, Icon, ListState};
use crate::desk::{Cell, Column, Head, Row, Rows, Sorting, Table};
use crate::formats::Zoned;
use crate::text::{Text, Word, text};

/// What the categories are called, by slug.
pub type Names = HashMap<String, String>;

/// Which orders are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OrderFilter {
    /// Only in this status.
    pub status: Option<Status>,
}

/// The columns of the list.
#[must_use]
pub fn order_columns(text: Text) -> Vec<Column> {
    vec![
        Column::new(text.say(Word::AdminOrderNumber), "1.25fr").with_second(text.say(Word::AdminCategory)),
        Column::new(text.say(Word::RoleClient), "1.2fr"),
        Column::new(text.say(Word::RoleProvider), "1.2fr").giving_way(),
        Column::new(text.say(Word::AdminStatus), "1.1fr"),
        Column::new(text.say(Word::AdminValue), "0.7fr").at_end().giving_way(),
        Column::new(text.say(Word::AdminOrdered), "1fr").giving_way().sorting_all(),
    ]
}

/// What the backend is asked for, when the list is sorted so.
#[must_use]
pub const fn order_sort(sorting: Option<Sorting>) -> Option<ListSort> {
    match sorting {
        Some(Sorting { column: 5, is_down: false }) => Some(ListSort::Oldest),
        _ => None,
    }
}

/// A line of the list.
#[must_use]
pub fn order_row(order: &OrderItem, names: &Names, now: Timestamp, text: Text) -> Row {
    let (tone, status) = order_status(&order.status, order.stage.as_ref());
    let named = order.service_category_slug.as_ref().and_then(|slug| names.get(slug).cloned());
    let provider = order.provider.as_ref().map_or_else(|| "–".to_owned(), |party| party.full_name.clone());
    let value = if order.total_amount == Rupiah::ZERO { Cell::words("–").by(0, "0") } else { Cell::money(order.total_amount) };
    let cells = vec![
        Cell::words(&order.order_number).with(named.unwrap_or_else(|| category(order).say(text))),
        Cell::words(&order.client.full_name),
        Cell::words(provider),
        Cell::tag(tone, status.say(text)),
        value,
        time_cell(order.created_at, now, text),
    ];
    Row { key: order.id.to_string(), cells }
}

/// A time as the office's clocks show it.
#[must_use]
pub(crate) fn time_cell(at: Timestamp, now: Timestamp, text: Text) -> Cell {
    let zoned = Zoned::within(at, Zone::Western);
    let today = Zoned::within(now, Zone::Western).date();
    let clock = zoned.clock(text.language());
    let said = match (today - zoned.date()).num_days() {
        0 => format!("{} {clock}", text.say(Word::Today)),
        1 => format!("{} {clock}", text.say(Word::Yesterday)),
        _ => format!("{} {clock}", zoned.day(text)),
    };
    Cell::words(said).by(at.micros(), at.to_string())
}

/// Everybody's orders: looked for, filtered, and one open beside.
#[component]
pub fn OrdersScreen(
    rows: ReadSignal<Rows>,
    state: ListState,
    /// How the list as a whole is sorted, unless newest first.
    sorting: Option<Sorting>,
    filter: OrderFilter,
    #[props(default)] looked_for: String,
    open: Option<String>,
    /// What stands beside the list.
    panel: Option<Element>,
    #[props(default)] saving: bool,
    on_search: EventHandler<String>,
    on_filter: EventHandler<OrderFilter>,
    on_sort: EventHandler<Option<Sorting>>,
    on_open: EventHandler<String>,
    on_more: EventHandler,
    on_retry: EventHandler,
    on_csv: EventHandler,
) -> Element {
    let text = text();
    let choices = std::iter::once(Choice::new(None, text.say(Word::AdminAll)));
    let choices =
        choices.chain(Status::ALL.map(|status| Choice::new(Some(status), order_status(&status.into(), None).1.say(text)))).collect();
    let is_narrowed = filter.status.is_some() || !looked_for.is_empty();
    let empty = rsx! {
        Empty {
            icon: Icon::ClipboardList,
            title: text.say(if is_narrowed { Word::AdminNothingFound } else { Word::AdminOrdersEmpty }),
            advice: text.say(if is_narrowed { Word::AdminNothingFoundAdvice } else { Word::AdminOrdersEmptyAdvice }),
        }
    };
    let filters = rsx! {
        Chips {
            label: text.say(Word::AdminStatus),
            choices,
            chosen: Some(filter.status),
            on_choose: move |status| on_filter.call(OrderFilter { status }),
        }
    };
    rsx! {
        main { class: "desk",
            Head { title: text.say(Word::AdminOrders), search: text.say(Word::AdminOrdersSearch), on_search, on_csv, saving, filters }
            div { class: "desk-split",
                Table { label: text.say(Word::AdminOrders), columns: order_columns(text), rows, state, open, empty, sorting, on_sort, on_open, on_more, on_retry }
                {panel}
            }
        }
    }
}
