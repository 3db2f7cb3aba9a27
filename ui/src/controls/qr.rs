//! Codes to be scanned.

use dioxus::prelude::*;
use qrcode::{Color, QrCode as Code};

/// Modules of quiet around a code, as readers expect.
const QUIET: usize = 4;

/// Draws `value` as a QR code, dark on light whatever the theme: readers expect that. `label` says what it is for. Nothing is drawn of
/// what no code can hold.
#[component]
pub fn QrCode(value: ReadSignal<String>, label: String) -> Element {
    let drawn = use_memo(move || Code::new(value.read().as_bytes()).ok().map(|code| (code.width() + 2 * QUIET, path(&code))));
    rsx! {
        if let Some((side, path)) = drawn() {
            svg { class: "qr", role: "img", "aria-label": "{label}", view_box: "0 0 {side} {side}", "shape-rendering": "crispEdges",
                path { d: "{path}" }
            }
        }
    }
}

/// The dark modules, each run of a row as one rectangle.
fn path(code: &Code) -> String {
    let (width, modules) = (code.width(), code.to_colors());
    let mut path = String::new();
    for (y, row) in modules.chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|one, next| one == next) {
            if run.first() == Some(&Color::Dark) {
                let length = run.len();
                path.push_str(&format!("M{} {}h{length}v1h-{length}z", x + QUIET, y + QUIET));
            }
            x += run.len();
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawn::drawn;
    use crate::text::Language;

    #[test]
    fn a_code_is_drawn_as_one_shape_with_a_name() {
        let html = drawn(Language::English, || rsx! { QrCode { value: "RAPI".to_owned(), label: "To pay" } });
        assert!(html.contains(r#"viewBox="0 0 29 29""#) && html.contains(r#"aria-label="To pay""#), "{html}");
        // The three corners by which readers find it: seven dark modules at the outside.
        assert!(html.contains("M4 4h7v1h-7z") && html.contains("M18 4h7v1h-7z") && html.contains("M4 24h7v1h-7z"), "{html}");
    }

    #[test]
    fn what_no_code_can_hold_is_not_drawn() {
        let html = drawn(Language::English, || rsx! { QrCode { value: "x".repeat(5_000), label: "To pay" } });
        assert!(!html.contains("svg"), "{html}");
    }
}
