//! What the page asks the process for later, because most of what people open does without.

use std::borrow::Cow;

use dioxus::core::try_consume_context;
use dioxus::desktop::wry::http::{Response, StatusCode, header::CONTENT_TYPE};
use dioxus::desktop::{DesktopContext, use_asset_handler};
use dioxus::prelude::use_hook;
use rapi_ui::map;

/// Serves the parts of the map within the window; where nothing is in a window yet nothing asks for them.
pub fn use_serving() {
    let is_in_window = use_hook(|| try_consume_context::<DesktopContext>().is_some());
    if !is_in_window {
        return;
    }
    use_asset_handler(map::PARTS, |request, responder| responder.respond(answer(request.uri().path())));
}

/// The part at `path`.
fn answer(path: &str) -> Response<Cow<'static, [u8]>> {
    let name = path.rsplit('/').next().unwrap_or_default();
    let (kind, text) = map::part(name).unwrap_or_default();
    let mut response = Response::new(Cow::Borrowed(text.as_bytes()));
    if kind.is_empty() {
        *response.status_mut() = StatusCode::NOT_FOUND;
    } else if let Ok(kind) = kind.parse() {
        response.headers_mut().insert(CONTENT_TYPE, kind);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_map_is_served_and_nothing_else() {
        assert_eq!(answer("/map/leaflet.js").headers()[CONTENT_TYPE], "text/javascript");
        assert_eq!(answer("/map/leaflet.css").status(), StatusCode::OK);
        assert_eq!(answer("/map/../../etc/passwd").status(), StatusCode::NOT_FOUND);
    }
}
