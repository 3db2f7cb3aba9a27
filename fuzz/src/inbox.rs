//! What is published: whose it may be, what can be read of it, which positions count. The same three steps the backend takes
//! between the broker and the database.
//!
//! The bytes are: one byte of circumstances, a line that is the topic, a line that is the client id, and the payload. `{u}` in
//! the lines stands for the id of who publishes.

use rapi_core::tracking::{Fix, TrackingRules, decode, weigh};
use rapi_core::wire::people::UserType;
use rapi_core::wire::topics;
use rapi_core::{Id, LatLng, Timestamp, values};
use uuid::Uuid;

type User = Id<values::User>;

/// Publishes.
pub fn run(bytes: &[u8]) {
    let Some((circumstances, rest)) = bytes.split_first() else { return };
    let mut parts = rest.splitn(3, |byte| *byte == b'\n');
    let (topic, client_id) = (text(parts.next()), text(parts.next()));
    let payload = parts.next().unwrap_or_default();
    let role = [UserType::ServiceProvider, UserType::Client, UserType::Admin][usize::from(circumstances & 3) % 3];
    let is_retained = circumstances & 4 != 0;

    only_below_ones_own_id(&topic);
    let device = topics::sender(ayu(), role, &client_id, &topic, is_retained);
    if let Some(device) = device {
        assert!(role == UserType::ServiceProvider && !is_retained && topic == topics::location(ayu()));
        assert!((1..=255).contains(&device.chars().count()) && !device.chars().any(char::is_control), "{device:?} is a device");
        assert_eq!(client_id, topics::client_id(ayu(), device));
    }
    assert_eq!(topics::sender(wati(), role, &client_id, &topic, is_retained), None, "nobody publishes for somebody else");
    // Whoever sent it: it can be read or not, and nothing breaks.
    let Ok(batch) = decode(payload) else { return };
    let around = batch.fixes.first().map_or_else(Timestamp::default, |fix| fix.at);
    let previous = (circumstances & 8 != 0).then(|| before(around));
    count(&batch.fixes, previous, around);
}

/// Exactly those positions count that are good, each after the one before; and judged again they still do.
fn count(fixes: &[Fix], previous: Option<Fix>, now: Timestamp) {
    let rules = TrackingRules::default();
    let weighed = weigh(fixes, previous, now, &rules);
    assert_eq!(weighed.verdicts.len(), fixes.len());
    assert_eq!(weighed.verdicts.iter().filter(|verdict| verdict.is_ok()).count(), weighed.kept.len());
    let mut last = previous;
    for fix in &weighed.kept {
        assert!(fix.accuracy_meters.is_some_and(|meters| meters <= rules.max_accuracy_meters));
        assert!(fix.at <= now + rules.max_ahead && fix.at >= now - rules.max_age);
        assert!(last.is_none_or(|last| last.at < fix.at), "each is later than the one before");
        assert!(fix.heading_degrees.is_none_or(|heading| heading < 360));
        last = Some(*fix);
    }
    assert_eq!(weigh(&weighed.kept, previous, now, &rules).kept, weighed.kept, "what counts, counts when judged again");
}

fn only_below_ones_own_id(filter: &str) {
    if topics::may_subscribe(ayu(), filter) {
        assert!(filter.starts_with(&format!("u/{}/", ayu())));
        assert!(!topics::may_subscribe(wati(), filter));
    }
}

fn before(time: Timestamp) -> Fix {
    Fix {
        at: time - std::time::Duration::from_secs(5),
        position: LatLng::try_new(-6.26, 106.81).expect("Jakarta is on the earth"),
        accuracy_meters: Some(8.0),
        speed_kmh: None,
        heading_degrees: Some(90),
        is_mock: false,
    }
}

fn ayu() -> User {
    Id::new(Uuid::from_u128(1))
}

fn wati() -> User {
    Id::new(Uuid::from_u128(2))
}

fn text(line: Option<&[u8]>) -> String {
    String::from_utf8_lossy(line.unwrap_or_default()).replace("{u}", &ayu().to_string())
}
