//! The list of categories.

use dioxus::prelude::*;
use rapi_core::wire::categories::AdminCategoryItem;

use crate::controls::{Button, ButtonKind, Empty, Icon, ListState, TagTone};
use crate::desk::{Cell, Column, Head, Row, Rows, Table};
use crate::orders::{category_icon, category_name};
use crate::text::{Text, Word, text};

/// The columns of the list.
#[must_use]
pub fn category_columns(text: Text) -> Vec<Column> {
    vec![
        Column::new(text.say(Word::AdminCategoryPlace), "64px"),
        Column::new(text.say(Word::AdminName), "2fr").with_second(text.say(Word::AdminCategoryDescription)),
        Column::new(text.say(Word::AdminCategorySlug), "1.2fr").giving_way(),
        Column::new(text.say(Word::AdminCategoryIcon), "1fr").giving_way(),
        Column::new(text.say(Word::AdminCategoryRate), "1fr").at_end(),
        Column::new(text.say(Word::AdminStatus), "0.9fr"),
    ]
}

/// A line of the list.
#[must_use]
pub fn category_row(item: &AdminCategoryItem, text: Text) -> Row {
    let category = &item.category;
    let name = Cell::words(category_name(category, text));
    let name = match &category.description {
        Some(description) => name.with(description),
        None => name,
    };
    let status = if item.is_active {
        Cell::tag(TagTone::Good, text.say(Word::AdminCategoryOn))
    } else {
        Cell::tag(TagTone::Quiet, text.say(Word::AdminCategoryOff))
    };
    let place = category.display_order;
    let cells = vec![
        Cell::words(place.to_string()).by(place.into(), place.to_string()),
        name,
        Cell::words(&category.slug),
        Cell::drawing(category_icon(category), category.icon.as_deref().unwrap_or_default()),
        Cell::money(category.base_rate_per_5_minutes),
        status,
    ];
    Row { key: category.id.to_string(), cells }
}

/// All categories, and the one that is made or changed beside.
#[component]
pub fn CatalogueScreen(
    rows: ReadSignal<Rows>,
    state: ListState,
    open: Option<String>,
    panel: Option<Element>,
    on_open: EventHandler<String>,
    on_new: EventHandler,
    on_retry: EventHandler,
    on_csv: EventHandler,
) -> Element {
    let text = text();
    let empty = rsx! {
        Empty { icon: Icon::Tags, title: text.say(Word::AdminCategoriesEmpty), advice: text.say(Word::AdminCategoriesEmptyAdvice) }
    };
    rsx! {
        main { class: "desk",
            Head { title: text.say(Word::AdminCategories), on_csv,
                Button { kind: ButtonKind::Primary, small: true, icon: Icon::Plus, label: text.say(Word::AdminCategoryNew), on_press: on_new }
            }
            div { class: "desk-split",
                Table { label: text.say(Word::AdminCategories), columns: category_columns(text), rows, state, open, empty, on_open, on_retry }
                {panel}
            }
        }
    }
}
