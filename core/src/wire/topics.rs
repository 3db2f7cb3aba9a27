//! MQTT topics. Everything of a person lies below `u/<user id>/`.

use super::people::UserType;
use crate::values::{Id, Order, User};

/// The provider's batches of fixes; written by her phone only.
#[must_use]
pub fn location(user: Id<User>) -> String {
    format!("u/{user}/location")
}

/// Where the provider of an order is; written by the backend for the client.
#[must_use]
pub fn tracking(user: Id<User>, order: Id<Order>) -> String {
    format!("u/{user}/tracking/{order}")
}

/// The person's events as they happen; written by the backend.
#[must_use]
pub fn events(user: Id<User>) -> String {
    format!("u/{user}/events")
}

/// What a person may subscribe to in one go.
#[must_use]
pub fn everything_of(user: Id<User>) -> String {
    format!("u/{user}/#")
}

/// May `user` subscribe to `filter`? Only to what lies wholly below `u/<user id>/`: no wildcard above it, no `$share`, no `$SYS`.
#[must_use]
pub fn may_subscribe(user: Id<User>, filter: &str) -> bool {
    filter.strip_prefix(&format!("u/{user}/")).is_some_and(|rest| !rest.is_empty())
}

/// Whose device a published message comes from, when it is one that may be published: only a provider's phone speaks, only on
/// her own location, and never in words that stay behind.
#[must_use]
pub fn sender<'a>(user: Id<User>, role: UserType, client_id: &'a str, topic: &str, is_retained: bool) -> Option<&'a str> {
    let may_publish = role == UserType::ServiceProvider && topic == location(user) && !is_retained;
    device_of(user, client_id).filter(|_| may_publish)
}

/// The MQTT client id of a device: `<user id>:<device id>`.
#[must_use]
pub fn client_id(user: Id<User>, device: &str) -> String {
    format!("{user}:{device}")
}

/// The device of `user` that `client_id` names; as for the devices of a person, 1 to 255 characters that can be written.
#[must_use]
pub fn device_of(user: Id<User>, client_id: &str) -> Option<&str> {
    let device = client_id.strip_prefix(&format!("{user}:"))?;
    let is_name = (1..=255).contains(&device.chars().count()) && !device.chars().any(char::is_control);
    is_name.then_some(device)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn only_what_is_below_a_persons_own_id_is_hers() {
        let (ayu, wati) = (Id::new(Uuid::from_u128(1)), Id::new(Uuid::from_u128(2)));
        for filter in [events(ayu), everything_of(ayu), format!("u/{ayu}/tracking/+")] {
            assert!(may_subscribe(ayu, &filter), "{filter}");
            assert!(!may_subscribe(wati, &filter), "{filter}");
        }
        for filter in ["#", "u/#", "u/+/events", "$SYS/#", &format!("$share/g/u/{ayu}/#"), &format!("u/{ayu}"), &format!("u/{ayu}/")] {
            assert!(!may_subscribe(ayu, filter), "{filter}");
        }
        let hers = client_id(ayu, "phone");
        assert_eq!(sender(ayu, UserType::ServiceProvider, &hers, &location(ayu), false), Some("phone"));
        for (role, topic, is_retained) in [
            (UserType::Client, location(ayu), false),
            (UserType::Admin, location(ayu), false),
            (UserType::ServiceProvider, location(wati), false),
            (UserType::ServiceProvider, events(ayu), false),
            (UserType::ServiceProvider, location(ayu), true),
        ] {
            assert_eq!(sender(ayu, role, &hers, &topic, is_retained), None, "{role:?} {topic}");
        }
    }

    #[test]
    fn a_client_id_names_a_device_of_its_person() {
        let (ayu, wati) = (Id::new(Uuid::from_u128(1)), Id::new(Uuid::from_u128(2)));
        assert_eq!(device_of(ayu, &client_id(ayu, "telepon: baru")), Some("telepon: baru"));
        assert_eq!(device_of(ayu, &client_id(wati, "phone")), None);
        for device in ["", "a\nb", "\u{0}", &"x".repeat(256)] {
            assert_eq!(device_of(ayu, &client_id(ayu, device)), None, "{device:?}");
        }
    }
}
