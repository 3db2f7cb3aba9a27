//! The look: tokens, and the few rules that controls and screens stand on.

use crate::App;

/// Where the page may get what it is made of: from itself and the line to the process that draws it, from nowhere else.
/// Dioxus boots from scripts within the page and carries out what it is sent by evaluating it.
const POLICY: &str = "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data:; \
    font-src data:; connect-src 'self' dioxus: ws://127.0.0.1:*; form-action 'none'; base-uri 'none'";

const SHEETS: [&str; 4] = [include_str!("tokens.css"), include_str!("base.css"), include_str!("controls.css"), include_str!("screens.css")];

/// The page an app is drawn into: the policy first, then the look, and an empty place named `main`.
#[must_use]
pub fn page(app: App) -> String {
    let (title, sheets) = (app.title(), SHEETS.concat());
    format!(
        "<!DOCTYPE html><html lang=\"id\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\
        <meta name=\"viewport\" content=\"width=device-width, initial-scale=1, viewport-fit=cover\"><title>{title}</title>\
        <style>{sheets}</style></head><body><div id=\"main\"></div></body></html>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_tokens_name_a_colour() {
        for sheet in &SHEETS[1..] {
            let colours = sheet.split(['#', '(']).skip(1).filter(|rest| rest.len() > 3 && is_colour(rest));
            assert_eq!(colours.count(), 0, "{sheet}");
        }
        assert!(is_colour("1d1f1c;") && is_colour("29 31 28 / .06)") && !is_colour("main {"));
    }

    /// Does this begin with a hexadecimal colour, or with three numbers as `rgb` takes them?
    fn is_colour(rest: &str) -> bool {
        let hex = rest.chars().take_while(char::is_ascii_hexdigit).count();
        let numbers = rest.split_whitespace().take(3).filter(|part| part.parse::<u8>().is_ok()).count();
        [3, 6, 8].contains(&hex) || numbers == 3
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
    fn the_page_may_load_nothing_from_elsewhere() {
        let page = page(App::Client);
        let policy = page.find("Content-Security-Policy").expect("the page has a policy");
        assert!(page.find("<style").is_some_and(|look| policy < look), "the policy comes first");
        assert!(POLICY.starts_with("default-src 'none'") && !POLICY.contains("http"));
        assert!(!page.contains("url(") && !page.contains("@import") && !page.contains("src="));
    }
}
