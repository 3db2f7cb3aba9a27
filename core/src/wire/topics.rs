//! MQTT topics. Everything of a person lies below `u/<user id>/`.

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

/// May `user` publish to `topic`? Only her own location.
#[must_use]
pub fn may_publish(user: Id<User>, topic: &str) -> bool {
    topic == location(user)
}

/// The MQTT client id of a device: `<user id>:<device id>`.
#[must_use]
pub fn client_id(user: Id<User>, device: &str) -> String {
    format!("{user}:{device}")
}

/// Does `client_id` name a device of `user`?
#[must_use]
pub fn is_client_of(user: Id<User>, client_id: &str) -> bool {
    client_id.strip_prefix(&format!("{user}:")).is_some_and(|device| !device.is_empty())
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
        assert!(may_publish(ayu, &location(ayu)));
        assert!(!may_publish(ayu, &location(wati)) && !may_publish(ayu, &events(ayu)));
        assert!(is_client_of(ayu, &client_id(ayu, "phone")) && !is_client_of(ayu, &client_id(wati, "phone")));
    }
}
