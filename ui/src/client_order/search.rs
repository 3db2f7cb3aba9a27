//! Providers are being asked.

use dioxus::prelude::*;

use super::coming::MapStage;
use super::view::{ClientOrderView, SearchView};
use super::wish::Wish;
use crate::controls::{Button, ButtonKind, Progress};
use crate::formats::minutes_seconds;
use crate::map::MapView;
use crate::text::{Word, text};

/// How far the search is, over the place it is for.
#[component]
pub(super) fn SearchPart(
    view: ClientOrderView,
    search: SearchView,
    map: ReadSignal<MapView>,
    on_wish: EventHandler<Wish>,
    on_cancel: EventHandler,
    on_details: EventHandler,
) -> Element {
    let text = text();
    let where_to = if search.preferred_alone {
        text.say(Word::SearchPreferred)
    } else {
        text.fill(Word::SearchAround, [("km", format!("{:.0}", search.radius_km))])
    };
    let left = if search.left.is_zero() {
        text.say(Word::SearchEnding)
    } else {
        text.fill(Word::SearchLeft, [("time", minutes_seconds(search.left))])
    };
    let may_cancel = view.may_cancel;
    let busy = view.awaits("cancel");
    rsx! {
        MapStage { view, map, is_searching: true, on_back: move |()| on_wish.call(Wish::Back), on_details,
            div { class: "life-headline", role: "status",
                h1 { {text.say(Word::SearchTitle)} }
                p { class: "mute", "{where_to}" }
            }
            Progress { label: text.say(Word::SearchProgress), part: search.part }
            p { class: "small mute", "{left}" }
            if may_cancel {
                Button { kind: ButtonKind::Line, busy, label: text.say(Word::SearchCancel), on_press: on_cancel }
            }
        }
    }
}
