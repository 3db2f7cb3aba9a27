//! A map on the screen.

use std::sync::atomic::{AtomicU64, Ordering};

use dioxus::document;
use dioxus::prelude::*;
use rapi_core::LatLng;
use serde::Deserialize;

use super::MapView;
use crate::text::{Word, text};

/// Tells the maps of a page from each other.
static NEXT: AtomicU64 = AtomicU64::new(1);

/// What a map tells us.
#[derive(Deserialize)]
#[serde(untagged)]
enum Told {
    /// This marker was chosen.
    Chosen { marker: String },
    /// It came to rest with this place in the middle.
    Moved { latitude: f64, longitude: f64 },
}

/// Draws `view`. With `on_pick` a pin stands in the middle, and its place is told whenever the map comes to rest; with `on_choose`
/// the id of a marker that was chosen.
#[component]
pub fn MapBox(
    view: ReadSignal<MapView>,
    /// What is to be seen, for those who cannot see it.
    label: Option<String>,
    #[props(default)] class: String,
    on_pick: Option<EventHandler<LatLng>>,
    on_choose: Option<EventHandler<String>>,
) -> Element {
    let id = use_hook(|| format!("map-{}", NEXT.fetch_add(1, Ordering::Relaxed)));
    let draws = id.clone();
    // The page may not have the element yet when this runs; the script waits for it.
    use_effect(move || {
        let view = serde_json::to_string(&*view.read()).unwrap_or_default();
        document::eval(&format!("window.RapiMap && RapiMap.draw({draws:?}, {view}, {})", on_pick.is_some()));
    });
    let listens = id.clone();
    use_future(move || {
        let listens = listens.clone();
        async move {
            if on_pick.is_none() && on_choose.is_none() {
                return;
            }
            let mut told = document::eval(&format!(
                "if (window.RapiMap) {{ RapiMap.listen({listens:?}, told => dioxus.send(told)); await new Promise(() => {{}}); }}"
            ));
            while let Ok(told) = told.recv::<Told>().await {
                match (told, on_pick, on_choose) {
                    (Told::Chosen { marker }, _, Some(on_choose)) => on_choose.call(marker),
                    (Told::Moved { latitude, longitude }, Some(on_pick), _) => {
                        if let Ok(place) = LatLng::try_new(latitude, longitude) {
                            on_pick.call(place);
                        }
                    }
                    _ => {}
                }
            }
        }
    });
    let forgets = id.clone();
    use_drop(move || {
        document::eval(&format!("window.RapiMap && RapiMap.forget({forgets:?})"));
    });
    let text = text();
    rsx! {
        div { class: "map {class}", role: "region", aria_label: label.unwrap_or_else(|| text.say(Word::MapLabel)),
            if crate::vendored::MAP_SCRIPT.is_empty() {
                p { class: "map-missing", {text.say(Word::MapMissing)} }
            }
            div { id: "{id}", class: "map-field" }
            if on_pick.is_some() {
                span { class: "map-pin", aria_hidden: "true", crate::controls::Glyph { icon: crate::controls::Icon::MapPin, size: 40 } }
            }
        }
    }
}
