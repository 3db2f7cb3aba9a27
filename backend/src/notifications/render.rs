//! Fills templates: `{name}` becomes the value of that name, or nothing when there is none. Knows no template.

use rapi_core::wire::people::Language;
use serde_json::Value;

/// The text with every `{name}` replaced, numbers as `language` writes them. Braces around anything but a name stay as they are.
pub(super) fn render(template: &str, data: &Value, language: Language) -> String {
    let mut text = String::with_capacity(template.len());
    for piece in pieces(template) {
        match piece {
            Piece::Text(plain) => text.push_str(plain),
            Piece::Name(name) => text.push_str(&words(data.get(name), language)),
        }
    }
    text.trim().to_owned()
}

/// The names a template uses, in order.
pub(super) fn names(template: &str) -> impl Iterator<Item = &str> {
    pieces(template).filter_map(|piece| match piece {
        Piece::Text(_) => None,
        Piece::Name(name) => Some(name),
    })
}

enum Piece<'a> {
    Text(&'a str),
    Name(&'a str),
}

fn pieces(template: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = template;
    std::iter::from_fn(move || {
        if let Some((name, after)) = leading_name(rest) {
            rest = after;
            return Some(Piece::Name(name));
        }
        // The first character is not the beginning of a name: plain text up to the next brace.
        let first = rest.chars().next()?.len_utf8();
        let end = rest[first..].find('{').map_or(rest.len(), |brace| first + brace);
        let (plain, after) = rest.split_at(end);
        rest = after;
        Some(Piece::Text(plain))
    })
}

fn leading_name(text: &str) -> Option<(&str, &str)> {
    let (name, after) = text.strip_prefix('{')?.split_once('}')?;
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    is_name.then_some((name, after))
}

fn words(value: Option<&Value>, language: Language) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) if language == Language::Indonesian => number.to_string().replace('.', ","),
        Some(other) => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rapi_core::wire::people::Language::{English, Indonesian};
    use serde_json::json;

    use super::*;

    #[test]
    fn names_become_their_values() {
        let data = json!({ "name": "Ayu", "km": 1.5, "count": 3, "nothing": null });
        assert_eq!(render("{name}, {km} km, {count}×{nothing}{missing}!", &data, English), "Ayu, 1.5 km, 3×!");
        assert_eq!(render("{name}, {km} km", &data, Indonesian), "Ayu, 1,5 km");
        assert_eq!(render("Cancelled. {reason}", &data, English), "Cancelled.");
        assert_eq!(render("{name}", &Value::Null, English), "");
    }

    #[test]
    fn values_are_not_templates() {
        assert_eq!(render("{a}", &json!({ "a": "{b}", "b": "no" }), Indonesian), "{b}");
    }

    #[test]
    fn other_braces_stay() {
        let data = json!({ "a": 1 });
        assert_eq!(render("{ {A} {a {}} {a}{", &data, English), "{ {A} {a {}} 1{");
        assert_eq!(names("{a} {B} {c_1}").collect::<Vec<_>>(), ["a", "c_1"]);
    }

    proptest! {
        #[test]
        fn text_without_names_stays(text in "[^{]*") {
            prop_assert_eq!(render(&text, &json!({}), Indonesian), text.trim());
        }

        #[test]
        fn nothing_breaks_it(text in ".*") {
            render(&text, &json!({ "a": "b" }), Indonesian);
        }
    }
}
