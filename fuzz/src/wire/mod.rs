//! Everything that travels as JSON.
//!
//! The bytes are a line with the name of a type, and JSON. Of every type: reading never panics, and what was read is written and
//! read again as the same. A request refuses a field it does not know. An answer outlives the future: fields and words that
//! this version does not know change nothing but themselves.

mod future;
mod types;

use std::fmt::Debug;

use rapi_core::wire::Validate;
use rapi_core::wire::events::EventEnvelope;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

pub use types::TYPES;

/// Reads what stands behind the first line as what the first line names.
pub fn run(bytes: &[u8]) {
    let Some(end) = bytes.iter().position(|byte| *byte == b'\n') else { return };
    if let Some((_, check)) = TYPES.iter().find(|(name, _)| name.as_bytes() == &bytes[..end]) {
        check(&bytes[end + 1..]);
    }
}

/// A type that is read and written.
pub trait Travels: DeserializeOwned + Serialize + PartialEq + Debug {}

impl<T: DeserializeOwned + Serialize + PartialEq + Debug> Travels for T {}

fn read<T: Travels>(json: &[u8]) -> Option<(T, Value)> {
    let read: T = serde_json::from_slice(json).ok()?;
    let written = serde_json::to_string(&read).expect("what was read can be written");
    let again: T = serde_json::from_str(&written).expect("what was written can be read");
    assert_eq!(again, read, "{written}");
    let value = serde_json::to_value(&read).expect("what can be written is a value");
    Some((read, value))
}

fn request<T: Travels + Validate>(json: &[u8]) {
    let Some((read, mut value)) = read::<T>(json) else { return };
    if let Err(faults) = read.validated() {
        assert!(!faults.is_empty() && faults.iter().all(|fault| !fault.field.is_empty() && !fault.code.is_empty()));
    }
    if let Value::Object(members) = &mut value {
        members.insert(future::MEMBER.to_owned(), Value::Null);
        assert!(serde_json::from_value::<T>(value).is_err(), "a request refuses what it does not know");
    }
}

fn answer<T: Travels>(json: &[u8]) {
    let Some((read, value)) = read::<T>(json) else { return };
    let more = future::with_members(value.clone());
    let after: T = serde_json::from_value(more.clone()).unwrap_or_else(|error| panic!("{error} in {more}"));
    assert_eq!(after, read, "what is not known is ignored");
    let other = future::with_words(value);
    let after: T = serde_json::from_value(other.clone()).unwrap_or_else(|error| panic!("{error} in {other}"));
    assert_eq!(serde_json::to_value(after).expect("it can be written"), other, "a word that is not known is kept");
}

fn envelope(json: &[u8]) {
    answer::<EventEnvelope>(json);
    let Ok(envelope) = serde_json::from_slice::<EventEnvelope>(json) else { return };
    if let Some(event) = envelope.event() {
        let (kind, data) = event.parts();
        assert_eq!(EventEnvelope { kind, data, ..envelope }.event(), Some(event), "an event comes back as it was sent");
    }
}
