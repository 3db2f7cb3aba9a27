//! Files of the backend that only its signed-in people may see.

use std::collections::HashMap;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use dioxus::prelude::*;

use super::use_engine;

/// Photos that were seen since the app was started, as `data:` addresses.
#[derive(Clone, Copy)]
pub struct Album(Signal<HashMap<String, String>>);

impl Album {
    /// For the root of the app alone.
    pub(crate) fn provide() -> Self {
        let photos = use_signal(HashMap::new);
        use_context_provider(|| Self(photos))
    }
}

/// The photo at the backend's `url` as a `data:` address, once it is here.
#[must_use]
pub fn use_photo(url: ReadSignal<Option<String>>) -> Option<String> {
    let (mut album, engine) = (use_context::<Album>(), use_engine());
    use_resource(move || {
        let (url, api) = (url.read().clone(), engine.api());
        async move {
            let Some(url) = url.filter(|url| !album.0.peek().contains_key(url)) else { return };
            let path = url.strip_prefix("/api/v1").unwrap_or(&url);
            if let Ok(bytes) = api.bytes(path).await {
                let kind = kind_of(&bytes);
                let address = format!("data:{kind};base64,{}", BASE64_STANDARD.encode(bytes));
                album.0.write().insert(url, address);
            }
        }
    });
    let url = url.read();
    url.as_ref().and_then(|url| album.0.read().get(url).cloned())
}

/// What the first bytes say it is; of the kinds the backend keeps.
fn kind_of(bytes: &[u8]) -> &'static str {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => "image/png",
        [b'R', b'I', b'F', b'F', ..] => "image/webp",
        [b'%', b'P', b'D', b'F', ..] => "application/pdf",
        _ => "image/jpeg",
    }
}

/// A photo of the backend; grey until it is here.
#[component]
pub fn Photo(url: ReadSignal<String>, alt: String) -> Element {
    let wanted = use_memo(move || Some(url()));
    let address = use_photo(wanted.into());
    match address {
        Some(address) => rsx! { img { class: "photo", src: "{address}", alt: "{alt}" } },
        None => rsx! { div { class: "photo photo-missing", role: "img", aria_label: "{alt}" } },
    }
}
