//! All verified providers.

use dioxus::prelude::*;
use rapi_core::values::User;
use rapi_core::wire::categories::CategoryItem;
use rapi_core::wire::people::ProviderSort;
use rapi_core::{Id, LatLng};

use super::nearby::Nearby;
use super::row::{ProviderLine, ProviderRow};
use crate::controls::{Button, ButtonKind, Choice, Empty, FieldKind, Glyph, Icon, ListEnd, ListState, Select, Tabs, TextField, TopBar};
use crate::orders::category_name;
use crate::text::{Word, text};

/// What is shown, of whom.
#[derive(Debug, Clone, PartialEq)]
pub struct ProvidersView {
    /// Who matches; nothing before that is known.
    pub rows: Option<Vec<ProviderRow>>,
    /// How far they have come.
    pub state: ListState,
    /// What can be filtered by.
    pub categories: Vec<CategoryItem>,
    /// The slug that is filtered by; empty for all.
    pub category: String,
    /// How they are sorted.
    pub sort: ProviderSort,
    /// Is there a place to measure from?
    pub has_place: bool,
    /// That place.
    pub place: Option<LatLng>,
}

/// Draws who there is, as a list or on a map, with the filters.
#[component]
pub fn ProvidersScreen(
    view: ProvidersView,
    on_back: EventHandler,
    on_search: EventHandler<String>,
    on_category: EventHandler<String>,
    on_sort: EventHandler<ProviderSort>,
    on_more: EventHandler,
    on_retry: EventHandler,
    on_open: EventHandler<Id<User>>,
    on_book: EventHandler<Id<User>>,
) -> Element {
    let text = text();
    let mut on_map = use_signal(|| false);
    let named = view.categories.iter().map(|category| Choice::new(category.slug.clone(), category_name(category, text)));
    let choices: Vec<_> = std::iter::once(Choice::new(String::new(), text.say(Word::ProvidersAll))).chain(named).collect();
    let sorts = vec![
        Choice::new(ProviderSort::Distance, text.say(Word::ProvidersNearest)),
        Choice::new(ProviderSort::Rating, text.say(Word::ProvidersBest)),
    ];
    rsx! {
        main { class: "screen providers-screen",
            div { class: "screen-head providers-head",
                TopBar { title: text.say(Word::ProvidersTitle), on_back }
                TextField { kind: FieldKind::Search, name: "q", label: text.say(Word::ProvidersSearch), on_typed: on_search }
                // Below each other: a service may have a long name.
                Select { name: "category", label: text.say(Word::ProvidersCategory), choices, chosen: Some(view.category.clone()), on_choose: on_category }
                if view.has_place {
                    Tabs { label: text.say(Word::ProvidersSort), choices: sorts, chosen: view.sort, on_choose: on_sort }
                } else {
                    p { class: "mute small", {text.say(Word::ProvidersNoPlace)} }
                }
            }
            if on_map() {
                Nearby { view, on_more, on_retry, on_open, on_book }
            } else {
                div { class: "screen-body providers-body",
                    Rows { view, on_more, on_retry, on_open, on_book }
                }
            }
            button { class: "view-switch", r#type: "button", onclick: move |_| on_map.toggle(),
                Glyph { icon: if on_map() { Icon::List } else { Icon::Map }, size: 18 }
                {text.say(if on_map() { Word::ProvidersAsList } else { Word::ProvidersOnMap })}
            }
        }
    }
}

#[component]
fn Rows(
    view: ProvidersView,
    on_more: EventHandler,
    on_retry: EventHandler,
    on_open: EventHandler<Id<User>>,
    on_book: EventHandler<Id<User>>,
) -> Element {
    let text = text();
    let rows = match view.rows {
        Some(rows) if rows.is_empty() && !view.state.has_more() => {
            return rsx! { Empty { icon: Icon::UserSearch, title: text.say(Word::ProvidersNone), advice: text.say(Word::ProvidersNoneAdvice) } };
        }
        rows => rows.unwrap_or_default(),
    };
    rsx! {
        for row in rows {
            ProviderLine { key: "{row.id}", row: row.clone(), on_open,
                Button { kind: ButtonKind::Soft, small: true, label: text.say(Word::ProviderBook), on_press: move |()| on_book.call(row.id) }
            }
        }
        ListEnd { state: view.state, lines: 6, on_more, on_retry }
    }
}
