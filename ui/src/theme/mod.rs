//! The look: tokens, and the few rules that controls and screens stand on.

use crate::vendored::FONT;
use crate::{App, controls, map, offers};

/// Where the page may get what it is made of: from itself, the line to the process that draws it, and the map's tiles, from
/// nowhere else. Dioxus boots from scripts within the page and carries out what it is sent by evaluating it.
const POLICY: &str = "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:; \
    connect-src 'self' dioxus: ws://127.0.0.1:*; form-action 'none'; base-uri 'none'";

// `SHEETS`: the tokens first, then every sheet that lies beside a component; `build.rs` finds them.
include!(concat!(env!("OUT_DIR"), "/sheets.rs"));

/// Hands the page its type.
const FONT_SCRIPT: &str = include_str!("font.js");
/// Hands the first screen over to what draws it from then on.
const FIRST_SCRIPT: &str = include_str!("first.js");

/// Where the pieces of the map come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tiles {
    /// With `{z}`, `{x}` and `{y}`.
    pub url: String,
    /// Whom to thank, shown on the map.
    pub attribution: String,
}

impl Tiles {
    /// Scheme and host, as a policy names them; nothing when the address has none.
    fn origin(&self) -> Option<String> {
        let (scheme, rest) = self.url.split_once("://")?;
        let host = rest.split('/').next()?.replace("{s}", "*");
        let is_plain = host.chars().all(|letter| letter.is_ascii_alphanumeric() || ".-:*".contains(letter));
        (is_plain && !host.is_empty() && ["http", "https"].contains(&scheme)).then(|| format!("{scheme}://{host}"))
    }
}

/// The page an app is drawn into: the policy first, then the look and the map, and a place named `main` that holds the `first`
/// screen, as HTML.
#[must_use]
pub fn page(app: App, tiles: Option<&Tiles>, first: &str) -> String {
    let (title, sheets) = (app.title(), SHEETS.concat());
    let origin = tiles.and_then(Tiles::origin);
    let policy = origin.as_deref().map_or_else(|| POLICY.to_owned(), |origin| POLICY.replace("img-src", &format!("img-src {origin}")));
    let tiles = tiles.filter(|_| origin.is_some()).map_or_else(String::new, |tiles| {
        let told = serde_json::json!({ "url": tiles.url, "attribution": tiles.attribution }).to_string();
        format!("window.RAPI_TILES = {};", told.replace('<', "\\u003c"))
    });
    let (font, scripts) = (font(), [FIRST_SCRIPT, map::SCRIPT, controls::FILES_SCRIPT, offers::SCRIPT].join(";\n"));
    format!(
        "<!DOCTYPE html><html lang=\"id\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\
        <meta name=\"viewport\" content=\"width=device-width, initial-scale=1, viewport-fit=cover\"><title>{title}</title>\
        <style>{sheets}</style><script>{font}{tiles}{scripts}</script></head><body><div id=\"main\">{first}</div></body></html>"
    )
}

/// What brings the type, where it is embedded; a system font stands in elsewhere. It is there before anything is drawn: type that
/// a rule loads comes later, and until then each style has the system looked through for a font to stand in.
fn font() -> String {
    if FONT.is_empty() {
        return String::new();
    }
    format!("({FONT_SCRIPT})('{FONT}');")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_tokens_name_a_colour() {
        for sheet in &SHEETS[1..] {
            let hexes = sheet.split('#').skip(1).filter(|rest| is_hex(rest));
            let numbers = sheet.split('(').skip(1).filter(|rest| is_three_numbers(rest));
            assert_eq!(hexes.count() + numbers.count(), 0, "{sheet}");
        }
        assert!(is_hex("1d1f1c;") && is_three_numbers("29 31 28 / .06)") && !is_hex("main {") && !is_three_numbers("150px, 1fr)"));
    }

    /// Does this begin with as many hexadecimal digits as a colour has?
    fn is_hex(rest: &str) -> bool {
        [3, 6, 8].contains(&rest.chars().take_while(char::is_ascii_hexdigit).count())
    }

    /// Does this begin with three numbers, as `rgb` takes them?
    fn is_three_numbers(rest: &str) -> bool {
        rest.split_whitespace().take(3).filter(|part| part.parse::<u8>().is_ok()).count() == 3
    }

    #[test]
    fn light_and_dark_give_every_token_a_value() {
        let (light, dark) = SHEETS[0].split_once("@media").expect("there is a dark part");
        let coloured = |part: &str| -> Vec<String> {
            let values = part.split([';', '{', '}']).filter_map(|rule| rule.split_once(':'));
            let names = values.filter(|(name, value)| name.trim().starts_with("--") && (value.contains('#') || value.contains("rgb")));
            names.map(|(name, _)| name.trim().to_owned()).collect()
        };
        assert!(coloured(light).len() > 20);
        assert_eq!(coloured(light), coloured(dark));
    }

    #[test]
    fn leaflet_waits_for_the_first_map() {
        for name in ["leaflet.js", "leaflet.css"] {
            let (_, text) = map::part(name).expect("it is served");
            assert!(text.is_empty() || !page(App::Client, None, "").contains(text));
            assert!(map::SCRIPT.contains(&format!("part('{name}')")));
        }
        assert!(map::SCRIPT.contains(&format!("'/{}/'", map::PARTS)));
    }

    #[test]
    fn the_first_screen_stands_where_everything_is_drawn() {
        assert!(page(App::Client, None, "<main>Masuk</main>").contains("<div id=\"main\"><main>Masuk</main></div></body>"));
    }

    #[test]
    fn the_page_may_load_nothing_from_elsewhere() {
        let page = page(App::Client, None, "");
        let policy = page.find("Content-Security-Policy").expect("the page has a policy");
        assert!(page.find("<style").is_some_and(|look| policy < look), "the policy comes first");
        assert!(POLICY.starts_with("default-src 'none'") && !POLICY.contains("http"));
        assert!(SHEETS.iter().all(|sheet: &&str| !sheet.contains("url(") && !sheet.contains("@import")));
    }

    #[test]
    fn tiles_come_from_their_own_host_only() {
        let tiles = |url: &str| Tiles { url: url.into(), attribution: "© </script> peta".into() };
        let with = page(App::Client, Some(&tiles("https://tiles.example/{z}/{x}/{y}.png")), "");
        assert!(with.contains("img-src https://tiles.example data:") && with.contains("RAPI_TILES") && !with.contains("</script> peta"));
        for strange in ["javascript:alert(1)", "https://a b; script-src *//", "tiles"] {
            assert!(!page(App::Client, Some(&tiles(strange)), "").contains("RAPI_TILES = {"), "{strange}");
        }
    }
}
