//! The first screen.

use dioxus::prelude::*;
use rapi_core::values::{Order, User};
use rapi_core::wire::categories::CategoryItem;
use rapi_core::{Id, Timestamp};

use super::view::{HomeAddress, HomeView, Pinned};
use crate::controls::{Awaited, Button, ButtonKind, Face, Failed, Glyph, Icon, Shape, Skeleton};
use crate::orders::{category_icon, category_name};
use crate::providers::{ProviderLine, ProviderRow};
use crate::text::{Word, text};

/// So many orders are pinned before one asks for all.
const PINNED: usize = 3;
/// So many tiles before one asks for the others.
const TILES: usize = 8;

/// Draws where the app begins; `bell` leads to the inbox.
#[component]
pub fn HomeScreen(
    view: HomeView,
    /// Verified providers nearby.
    nearby: Awaited<Vec<ProviderRow>>,
    now: Timestamp,
    bell: Element,
    on_address: EventHandler,
    on_order: EventHandler<Id<Order>>,
    /// To all that are under way.
    on_orders: EventHandler,
    /// The slug of a category, or `other`.
    on_category: EventHandler<String>,
    on_provider: EventHandler<Id<User>>,
    on_book: EventHandler<Id<User>>,
    on_providers: EventHandler,
    on_retry: EventHandler,
) -> Element {
    let text = text();
    rsx! {
        main { class: "screen",
            div { class: "screen-body home",
                header { class: "home-head",
                    div { class: "grow",
                        p { class: "mute small", {text.say(view.greeting.word())} }
                        h1 { class: "clip", "{view.name}" }
                    }
                    {bell}
                }
                button {
                    class: "home-address",
                    r#type: "button",
                    aria_label: (view.address == HomeAddress::Unknown).then(|| text.say(Word::Addresses)),
                    onclick: move |_| on_address.call(()),
                    Glyph { icon: Icon::MapPin, size: 16 }
                    match &view.address {
                        HomeAddress::At(address) => rsx! { span { class: "clip", {[address.label.as_deref(), Some(&address.address)].into_iter().flatten().collect::<Vec<_>>().join(" · ")} } },
                        HomeAddress::None => rsx! { span { class: "clip", {text.say(Word::HomeAddAddress)} } },
                        HomeAddress::Unknown => rsx! { span { class: "home-address-unknown", aria_hidden: "true" } },
                    }
                    Glyph { icon: Icon::ChevronDown, size: 16 }
                }
                for pinned in view.pinned.iter().take(PINNED).cloned() {
                    PinnedCard { key: "{pinned.id}", pinned, now, on_open: on_order }
                }
                if view.pinned.len() > PINNED {
                    button { class: "link home-all", r#type: "button", onclick: move |_| on_orders.call(()),
                        {text.fill(Word::HomeAllRunning, [("count", view.pinned.len())])}
                    }
                }
                match (view.categories.clone(), view.fault.clone()) {
                    // Without knowing what can be ordered there is nobody to be chosen either.
                    (None, Some(code)) => rsx! { Failed { code, on_retry } },
                    (categories, _) => rsx! {
                        div { class: "section-title", h2 { {text.say(Word::HomeWhat)} } }
                        match categories {
                            Some(categories) => rsx! { Tiles { categories, on_category } },
                            None => rsx! { Skeleton { lines: 6, shape: Shape::Tiles } },
                        }
                        Nearby { has_place: matches!(view.address, HomeAddress::At(_)), nearby, on_provider, on_book, on_providers, on_retry }
                    },
                }
            }
        }
    }
}

/// An order under way.
#[component]
fn PinnedCard(pinned: Pinned, now: Timestamp, on_open: EventHandler<Id<Order>>) -> Element {
    let text = text();
    let id = pinned.id;
    rsx! {
        button { class: if pinned.presses() { "pinned" } else { "pinned pinned-later" }, r#type: "button", onclick: move |_| on_open.call(id),
            span { class: "between",
                span { class: "small", {text.say(pinned.title())} }
                if let Some(tag) = pinned.tag() {
                    span { class: "pinned-tag", role: "status", {text.say(tag)} }
                }
            }
            span { class: "row",
                match pinned.person.clone() {
                    Some((name, photo)) => rsx! { Face { name, url: photo } },
                    None => rsx! { span { class: "pinned-icon", Glyph { icon: pinned.service.icon(), size: 22 } } },
                }
                span { class: "grow pinned-words",
                    span { class: "strong", {pinned.sentence(text)} }
                    span { class: "small", {pinned.under(now, text)} }
                }
                Glyph { icon: Icon::ChevronRight, size: 20 }
            }
        }
    }
}

/// The categories, and something else behind the last tile.
#[component]
fn Tiles(categories: Vec<CategoryItem>, on_category: EventHandler<String>) -> Element {
    let text = text();
    let mut all = use_signal(|| false);
    let fold = categories.len() > TILES && !all();
    let shown = if fold { TILES - 1 } else { categories.len() };
    rsx! {
        div { class: "tiles",
            for category in categories.into_iter().take(shown) {
                Tile {
                    key: "{category.slug}",
                    icon: category_icon(&category),
                    name: category_name(&category, text),
                    on_press: move |()| on_category.call(category.slug.clone()),
                }
            }
            if fold {
                Tile { icon: Icon::ChevronDown, name: text.say(Word::HomeMore), on_press: move |()| all.set(true) }
            }
            Tile { icon: Icon::Ellipsis, name: text.say(Word::CategoryOther), on_press: move |()| on_category.call("other".to_owned()) }
        }
    }
}

#[component]
fn Tile(icon: Icon, name: String, on_press: EventHandler) -> Element {
    rsx! {
        button { class: "tile", r#type: "button", onclick: move |_| on_press.call(()),
            span { class: "line-icon", Glyph { icon, size: 22 } }
            span { class: "tile-name", "{name}" }
        }
    }
}

/// The nearest verified providers.
#[component]
fn Nearby(
    has_place: bool,
    nearby: Awaited<Vec<ProviderRow>>,
    on_provider: EventHandler<Id<User>>,
    on_book: EventHandler<Id<User>>,
    on_providers: EventHandler,
    on_retry: EventHandler,
) -> Element {
    let text = text();
    rsx! {
        div { class: "section-title",
            h2 { {text.say(if has_place { Word::HomeNearby } else { Word::ProvidersTitle })} }
            button { class: "link", r#type: "button", onclick: move |_| on_providers.call(()), {text.say(Word::HomeAll)} }
        }
        match nearby {
            Awaited::Loading => rsx! { Skeleton { lines: 3, shape: Shape::Lines } },
            Awaited::Failed(code) => rsx! { Failed { code, on_retry } },
            Awaited::Here(rows) if rows.is_empty() => rsx! { p { class: "mute small", {text.say(Word::HomeNobodyNear)} } },
            Awaited::Here(rows) => rsx! {
                for row in rows {
                    ProviderLine { key: "{row.id}", row: row.clone(), on_open: on_provider,
                        Button { kind: ButtonKind::Soft, small: true, label: text.say(Word::ProviderBook), on_press: move |()| on_book.call(row.id) }
                    }
                }
            },
        }
    }
}
