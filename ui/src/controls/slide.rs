//! Slide to confirm: one large, safe action.

use dioxus::prelude::*;

use super::{Glyph, Icon};
use crate::text::{Word, text};

/// The part of the way from which on letting go confirms.
const ENOUGH: f64 = 0.75;
/// Width of the knob with its margin, in pixels: the way is that much shorter than the slide.
const KNOB: f64 = 64.0;

/// Confirms `label` when its knob is slid to the end; by keyboard and screen reader, when it is pressed. `busy` while the
/// answer is awaited.
#[component]
pub fn SlideToConfirm(label: String, #[props(default)] busy: bool, on_confirm: EventHandler, test_id: Option<String>) -> Element {
    let mut width = use_signal(|| 0.0);
    let mut from = use_signal(|| None::<f64>);
    let mut slid = use_signal(|| 0.0);
    let way = move || f64::max(width() - KNOB, 1.0);
    let mut let_go = move || {
        if from.take().is_some() && slid() >= way() * ENOUGH && !busy {
            on_confirm.call(());
        }
        slid.set(0.0);
    };
    rsx! {
        button {
            class: if from.read().is_some() { "slide slide-held" } else { "slide" },
            r#type: "button",
            "data-testid": test_id,
            "aria-busy": busy.then_some("true"),
            aria_label: "{label}",
            title: text().say(Word::SlideAdvice),
            onmounted: move |event| async move {
                if let Ok(place) = event.get_client_rect().await {
                    width.set(place.width());
                }
            },
            onkeydown: move |event| {
                let pressed = event.key() == Key::Enter || event.key() == Key::Character(" ".into());
                if pressed && !busy {
                    event.prevent_default();
                    on_confirm.call(());
                }
            },
            // A click without a pointer is a screen reader's: it has no slide to make.
            onclick: move |event| {
                if event.client_coordinates().x == 0.0 && event.client_coordinates().y == 0.0 && !busy {
                    on_confirm.call(());
                }
            },
            onpointerdown: move |event| from.set(Some(event.client_coordinates().x)),
            onpointermove: move |event| {
                if let Some(start) = from() {
                    slid.set((event.client_coordinates().x - start).clamp(0.0, way()));
                }
            },
            onpointerup: move |_| let_go(),
            onpointerleave: move |_| let_go(),
            span { class: "slide-knob", aria_hidden: "true", style: "transform: translateX({slid()}px)",
                Glyph { icon: Icon::ChevronsRight, size: 24 }
            }
            span { class: "slide-label", aria_hidden: "true", "{label}" }
        }
    }
}
