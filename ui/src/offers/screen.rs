//! The offers, over everything else.

use dioxus::prelude::*;
use rapi_core::values::Order;
use rapi_core::{Id, LatLng, Timestamp};

use super::{Bell, Gone, OfferCard, OfferView, Ringing};
use crate::controls::{Button, ButtonKind, Chips, Choice, Glyph, Icon, IconButton};
use crate::formats::distance;
use crate::text::{Text, Word, text};

/// Rings with the offers of `view` until each is answered, and says what went meanwhile.
#[component]
pub fn OffersScreen(
    view: Ringing,
    now: ReadSignal<Timestamp>,
    here: Option<LatLng>,
    #[props(default)] busy: bool,
    on_accept: EventHandler<Id<Order>>,
    on_decline: EventHandler<Id<Order>>,
    on_later: EventHandler,
    on_understood: EventHandler,
) -> Element {
    let text = text();
    let mut muted = use_signal(|| false);
    let mut looked_at = use_signal(|| None::<Id<Order>>);
    if let Some((_, gone)) = view.gone {
        return rsx! { GoneCard { gone, on_understood } };
    }
    let chosen = view.offers.iter().find(|offer| Some(offer.id) == looked_at()).or(view.offers.first());
    let Some(offer) = chosen.cloned() else { return rsx! {} };
    let id = offer.id;
    let (sound, sound_name) = if muted() { (Icon::VolumeX, Word::OfferUnmute) } else { (Icon::Volume2, Word::OfferMute) };
    rsx! {
        main { class: "offers", role: "dialog", aria_modal: "true", aria_label: text.say(Word::OfferNew),
            Bell { muted }
            div { class: "offers-top",
                IconButton { icon: Icon::ChevronDown, label: text.say(Word::OfferLater), on_press: on_later }
                IconButton { icon: sound, label: text.say(sound_name), on_press: move |()| muted.toggle() }
            }
            if view.offers.len() > 1 {
                div { class: "offers-choice",
                    Chips {
                        label: text.fill(Word::OfferCount, [("count", view.offers.len())]),
                        choices: choices(&view.offers, text),
                        chosen: Some(id),
                        on_choose: move |id| looked_at.set(Some(id)),
                    }
                }
            }
            OfferCard {
                key: "{id}",
                offer,
                now,
                here,
                busy,
                on_accept: move |()| on_accept.call(id),
                on_decline: move |()| on_decline.call(id),
            }
        }
    }
}

fn choices(offers: &[OfferView], text: Text) -> Vec<Choice<Id<Order>>> {
    let name = |offer: &OfferView| format!("{} · {}", offer.service.say(text), distance(offer.way().km, text.language()));
    offers.iter().map(|offer| Choice::new(offer.id, name(offer)).with_icon(offer.service.icon())).collect()
}

/// Says that an offer has gone.
#[component]
fn GoneCard(gone: Gone, on_understood: EventHandler) -> Element {
    let text = text();
    let (title, advice) = match gone {
        Gone::Taken => (Word::OfferTaken, Word::OfferTakenAdvice),
        Gone::Cancelled => (Word::OfferCancelled, Word::OfferCancelledAdvice),
        Gone::Closed => (Word::OfferGone, Word::OfferGoneAdvice),
        Gone::Expired => (Word::OfferExpired, Word::OfferExpiredAdvice),
    };
    let icon = match gone {
        Gone::Taken => Icon::Users,
        Gone::Cancelled => Icon::CircleX,
        Gone::Closed => Icon::Info,
        Gone::Expired => Icon::Timer,
    };
    rsx! {
        main { class: "offers offers-gone", role: "alertdialog", aria_modal: "true", aria_label: text.say(title),
            span { class: "empty-icon", Glyph { icon, size: 28 } }
            h1 { {text.say(title)} }
            p { class: "mute", {text.say(advice)} }
            Button { kind: ButtonKind::Primary, label: text.say(Word::OfferUnderstood), test_id: "understood", on_press: on_understood }
        }
    }
}
