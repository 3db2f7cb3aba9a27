//! The screen of an order: head, stage and what lies over it.

use dioxus::prelude::*;

use super::cancel::CancelSheet;
use super::closed::{CancelledPart, CompletedPart, NoProviderPart, ScheduledPart};
use super::coming::ComingPart;
use super::details::DetailsSheet;
use super::paying::PayingPart;
use super::rating::RatingPart;
use super::search::SearchPart;
use super::view::{ClientOrderView, Life};
use super::wish::Wish;
use super::working::WorkingPart;
use crate::controls::{Empty, Icon, Shape, Skeleton, TopBar};
use crate::map::MapView;
use crate::orders::TimelineStep;
use crate::text::{Word, text};

/// Draws the order; `timeline` is what happened to it, once that is known.
#[component]
pub fn ClientOrderScreen(
    view: ClientOrderView,
    map: ReadSignal<MapView>,
    timeline: Option<Vec<TimelineStep>>,
    /// Why the last thing asked for was refused.
    fault: Option<String>,
    on_wish: EventHandler<Wish>,
    /// Where money is added to the wallet, if that can be done.
    on_top_up: Option<EventHandler>,
) -> Element {
    let mut cancels = use_signal(|| false);
    let mut looks = use_signal(|| false);
    // What cannot be called off any more asks for no reason either.
    let asks_why = cancels() && view.may_cancel;
    let on_cancel = move |()| cancels.set(true);
    let on_details = move |()| looks.set(true);
    let sheet_view = view.clone();
    rsx! {
        match view.life.clone() {
            Life::Searching(search) => rsx! { SearchPart { view, search, map, on_wish, on_cancel, on_details } },
            Life::Coming(way) => rsx! { ComingPart { view, way, map, on_wish, on_cancel, on_details } },
            _ => rsx! { Paged { view, timeline: timeline.clone(), fault, on_wish, on_top_up, on_cancel, on_details } },
        }
        if asks_why {
            CancelSheet {
                busy: sheet_view.awaits("cancel"),
                has_provider: sheet_view.person.is_some(),
                on_cancel: move |reason| on_wish.call(Wish::Cancel(reason)),
                on_close: move |()| cancels.set(false),
            }
        }
        if looks() {
            DetailsSheet { view: sheet_view.clone(), timeline, on_close: move |()| looks.set(false) }
        }
    }
}

/// The stages that have no map.
#[component]
fn Paged(
    view: ClientOrderView,
    timeline: Option<Vec<TimelineStep>>,
    fault: Option<String>,
    on_wish: EventHandler<Wish>,
    on_top_up: Option<EventHandler>,
    on_cancel: EventHandler,
    on_details: EventHandler,
) -> Element {
    let text = text();
    let number = view.number.clone();
    rsx! {
        main { class: "screen",
            div { class: "screen-head",
                TopBar {
                    title: view.service.say(text),
                    on_back: move |()| on_wish.call(Wish::Back),
                    end: rsx! { span { class: "mute small", "{number}" } },
                }
            }
            match view.life.clone() {
                Life::Scheduled { search_at } => rsx! { ScheduledPart { view, search_at, on_cancel, on_details } },
                Life::NoProvider => rsx! { NoProviderPart { view, timeline, on_wish } },
                Life::Working(clock) => rsx! { WorkingPart { view, clock, on_wish, on_details } },
                Life::Paying(pay) => rsx! { PayingPart { view, pay, fault, on_wish, on_top_up, on_details } },
                Life::Rating(bill) => rsx! { RatingPart { view, bill, on_wish, on_details } },
                Life::Completed { bill, rated } => rsx! { CompletedPart { view, bill, rated, timeline, on_wish } },
                Life::Cancelled { by_me, reason } => rsx! { CancelledPart { view, by_me, reason, timeline, on_wish } },
                _ => rsx! { Empty { icon: Icon::Info, title: text.say(Word::OrderUnknownTitle), advice: text.say(Word::OrderUnknownAdvice) } },
            }
        }
    }
}

/// The screen before the order is here.
#[component]
pub fn ClientOrderWaiting(on_back: EventHandler) -> Element {
    rsx! {
        main { class: "screen",
            div { class: "screen-head", TopBar { title: text().say(Word::OrderTitle), on_back } }
            div { class: "screen-body", Skeleton { lines: 3, shape: Shape::Cards } }
        }
    }
}
