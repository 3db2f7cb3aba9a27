//! An answer as a newer backend would give it.

use serde_json::Value;

/// A field that no version knows.
pub const MEMBER: &str = "x_from_the_future";

/// A word that no version knows.
const WORD: &str = "FROM_THE_FUTURE";

/// What may hold anything, so that nothing in it is unknown.
const OPEN: [&str; 4] = ["data", "details", "rating_details", "working_hours"];

/// With one more field in every object.
pub fn with_members(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let known = members.into_iter().map(|(name, value)| within(name, value, with_members));
            known.chain([(MEMBER.to_owned(), Value::Bool(true))]).collect()
        }
        Value::Array(items) => items.into_iter().map(with_members).collect(),
        other => other,
    }
}

/// With another word wherever there is one. What has a digit in it is a time, a date, an id or a number in text.
pub fn with_words(value: Value) -> Value {
    match value {
        Value::Object(members) => members.into_iter().map(|(name, value)| within(name, value, with_words)).collect(),
        Value::Array(items) => items.into_iter().map(with_words).collect(),
        Value::String(text) if is_word(&text) => Value::String(WORD.to_owned()),
        other => other,
    }
}

fn within(name: String, value: Value, change: impl Fn(Value) -> Value) -> (String, Value) {
    let value = if OPEN.contains(&name.as_str()) { value } else { change(value) };
    (name, value)
}

fn is_word(text: &str) -> bool {
    !text.bytes().any(|byte| byte.is_ascii_digit()) && uuid::Uuid::parse_str(text).is_err()
}
