//! The look: tokens, and the few rules that controls and screens stand on.

/// Where the page may get what it is made of: from itself and the line to the process that draws it, from nowhere else.
/// Dioxus boots from scripts within the page and carries out what it is sent by evaluating it.
const POLICY: &str = "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data:; \
    font-src data:; connect-src 'self' dioxus: ws://127.0.0.1:*; form-action 'none'; base-uri 'none'";

const SHEETS: [&str; 4] =
    [include_str!("tokens.css"), include_str!("base.css"), include_str!("controls.css"), include_str!("screens.css")];

/// What every app puts into its page's head: the policy first, then the look.
#[must_use]
pub fn head() -> String {
    let sheets = SHEETS.concat();
    format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\"><style>{sheets}</style>")
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
        assert!(head().starts_with("<meta http-equiv=\"Content-Security-Policy\""));
        assert!(POLICY.starts_with("default-src 'none'") && !POLICY.contains("http"));
    }
}
