//! Finding a place by its address.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use dioxus::prelude::*;
use rapi_core::LatLng;

use crate::controls::{Button, ButtonKind, FieldKind, Icon, ListLine, TextField, typed};
use crate::text::{Word, text};

/// A place that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundPlace {
    /// Its address, in one line.
    pub address: String,
    /// Where it is.
    pub place: LatLng,
}

/// What a search gives: places, or the stable code of why there are none.
pub type Finding = Pin<Box<dyn Future<Output = Result<Vec<FoundPlace>, String>>>>;

/// Finds places by words, preferably near one; the app gives it as context where a service is configured.
#[derive(Clone)]
pub struct PlaceFinder(pub Rc<dyn Fn(String, Option<LatLng>) -> Finding>);

/// What became of the last search.
#[derive(Debug, Clone, PartialEq, Default)]
enum Outcome {
    #[default]
    None,
    Busy,
    Found(Vec<FoundPlace>),
    Failed(String),
}

/// Asks for words, and lists the places that fit; nothing where the app has no [`PlaceFinder`]. Searches when it is told to, not at
/// every key: the services that are free to all ask for that.
#[component]
pub fn PlaceSearch(near: Option<LatLng>, on_found: EventHandler<FoundPlace>) -> Element {
    let finder = use_hook(try_consume_context::<PlaceFinder>);
    let mut outcome = use_signal(Outcome::default);
    let text = text();
    let Some(finder) = finder else { return rsx! {} };
    let search = move |event: FormEvent| {
        event.prevent_default();
        let words = typed(&event, "place-search").trim().to_owned();
        if words.is_empty() || *outcome.peek() == Outcome::Busy {
            return;
        }
        outcome.set(Outcome::Busy);
        let finding = (finder.0)(words, near);
        spawn(async move { outcome.set(finding.await.map_or_else(Outcome::Failed, Outcome::Found)) });
    };
    rsx! {
        form { class: "place-search", role: "search", onsubmit: search,
            div { class: "grow", TextField { kind: FieldKind::Search, name: "place-search", label: text.say(Word::PlaceSearch) } }
            Button { kind: ButtonKind::Submit, small: true, busy: outcome() == Outcome::Busy, label: text.say(Word::PlaceSearchSend) }
        }
        match outcome() {
            Outcome::None | Outcome::Busy => rsx! {},
            Outcome::Failed(code) => rsx! { p { class: "field-fault", role: "alert", {text.problem(&code)} } },
            Outcome::Found(places) if places.is_empty() => rsx! { p { class: "mute small", role: "status", {text.say(Word::PlaceSearchNothing)} } },
            Outcome::Found(places) => rsx! {
                div { class: "lines",
                    for (at, found) in places.into_iter().enumerate() {
                        ListLine {
                            key: "{at}",
                            icon: Icon::MapPin,
                            title: found.address.clone(),
                            on_open: move |()| {
                                outcome.set(Outcome::None);
                                on_found.call(found.clone());
                            },
                        }
                    }
                }
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawn::drawn;
    use crate::text::Language;

    #[test]
    fn without_a_service_there_is_nothing_to_search_in() {
        let html = drawn(Language::Indonesian, || rsx! { PlaceSearch { on_found: |_| {} } });
        assert!(!html.contains("<form"), "{html}");
    }

    #[test]
    fn with_a_service_the_search_has_a_name_and_a_button() {
        let html = drawn(Language::Indonesian, || {
            use_context_provider(|| PlaceFinder(Rc::new(|_, _| Box::pin(async { Ok(Vec::new()) }))));
            rsx! { PlaceSearch { on_found: |_| {} } }
        });
        assert!(html.contains("Cari jalan atau tempat") && html.contains("type=\"submit\""), "{html}");
    }
}
