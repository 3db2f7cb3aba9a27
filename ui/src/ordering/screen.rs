//! The screen of the form.

use dioxus::document;
use dioxus::prelude::*;
use rapi_core::wire::categories::CategoryItem;
use rapi_core::wire::orders::QuoteResponse;
use rapi_core::wire::people::LocationItem;
use rapi_core::{LatLng, Rupiah, Timestamp};

use super::draft::{Draft, Faults, MOST_PHOTOS};
use super::parts::{PayFields, PreferredCard, QuoteCard, ServiceField, WhenField};
use super::place::PlaceField;
use crate::controls::{Button, ButtonKind, Failed, Notice, PhotoUploads, PickedFile, Shape, Skeleton, TextArea, Tone, TopBar, Upload};
use crate::text::{Word, text};

/// What the form shows besides what is filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderFormView {
    /// What can be ordered.
    pub categories: Vec<CategoryItem>,
    /// Saved addresses.
    pub saved: Vec<LocationItem>,
    /// Where this phone is, if it knows.
    pub here: Option<LatLng>,
    /// What it would cost, once that is known.
    pub quote: Option<QuoteResponse>,
    /// What is in the wallet, once that is known.
    pub balance: Option<Rupiah>,
    /// The photos.
    pub uploads: Vec<Upload>,
    /// What is wrong with what is filled in.
    pub faults: Faults,
    /// Is the answer awaited?
    pub busy: bool,
    /// Can the backend be reached?
    pub is_online: bool,
    /// The time.
    pub now: Timestamp,
}

/// Draws the form around `draft`, which it fills in.
#[component]
pub fn OrderFormScreen(
    view: OrderFormView,
    draft: Signal<Draft>,
    on_back: EventHandler,
    on_send: EventHandler,
    on_pick: EventHandler<PickedFile>,
    on_unreadable: EventHandler<String>,
    on_remove: EventHandler<u64>,
    on_again: EventHandler<u64>,
) -> Element {
    let (text, faults, now) = (text(), view.faults, view.now);
    let preferred = draft.read().preferred.clone();
    let send = if draft.read().later.is_some() { Word::FormSchedule } else { Word::FormSend };
    let is_faulty = faults != Faults::default();
    let send_and_show = move |()| {
        on_send.call(());
        // What is wrong may be further up than what is seen.
        document::eval("setTimeout(() => document.querySelector('.field-fault')?.scrollIntoView({ block: 'center' }), 80)");
    };
    rsx! {
        main { class: "screen",
            div { class: "screen-head", TopBar { title: text.say(Word::FormTitle), on_back } }
            div { class: "screen-body order-form",
                PlaceField { draft, faults, saved: view.saved.clone(), here: view.here }
                if let Some(preferred) = preferred {
                    PreferredCard { preferred, on_everybody: move |()| draft.write().preferred = None }
                }
                ServiceField { draft, faults, categories: view.categories.clone() }
                TextArea {
                    name: "description",
                    label: text.say(Word::FormDescription),
                    initial_value: draft.peek().description.clone(),
                    fault: faults.description.map(|word| text.say(word)),
                    on_typed: move |words| draft.write().description = words,
                }
                PhotoUploads { label: text.say(Word::FormAddPhoto), uploads: view.uploads.clone(), most: MOST_PHOTOS, on_picked: on_pick, on_unreadable, on_remove, on_retry: on_again }
                WhenField { draft, faults, now }
                PayFields { draft, faults, balance: view.balance }
                QuoteCard { draft, quote: view.quote.clone() }
            }
            div { class: "screen-foot",
                if is_faulty {
                    Notice { tone: Tone::Bad, text: text.say(Word::FormFaulty) }
                }
                if !view.is_online {
                    Notice { tone: Tone::Info, text: text.say(Word::FormOffline) }
                }
                Button { kind: ButtonKind::Primary, busy: view.busy, label: text.say(send), on_press: send_and_show }
            }
        }
    }
}

/// The screen before it is known what can be ordered, or when that cannot be known.
#[component]
pub fn OrderFormWaiting(
    /// The stable code of why it cannot be known.
    fault: Option<String>,
    on_retry: EventHandler,
    on_back: EventHandler,
) -> Element {
    rsx! {
        main { class: "screen",
            div { class: "screen-head", TopBar { title: text().say(Word::FormTitle), on_back } }
            div { class: "screen-body",
                match fault {
                    Some(code) => rsx! { Failed { code, on_retry } },
                    None => rsx! { Skeleton { lines: 3, shape: Shape::Cards } },
                }
            }
        }
    }
}
