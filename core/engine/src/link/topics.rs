//! What a phone listens to: its person's events, and where the providers are who are on their way to her.
//!
//! Named one by one, although all of it lies below one wildcard: a broker finds a name at once and holds every message against
//! every wildcard of every phone.

use std::collections::BTreeSet;

use rapi_core::Id;
use rapi_core::orders::Status;
use rapi_core::values::User;
use rapi_core::wire::OrUnknown;
use rapi_core::wire::topics;

use crate::snapshot::Snapshot;

/// The topics of `user`, as far as is known what goes on.
pub(super) fn of(user: Id<User>, snapshot: &Snapshot) -> BTreeSet<String> {
    let is_coming = |status: &OrUnknown<Status>| matches!(status, OrUnknown::Known(Status::Accepted | Status::OnTheWay));
    let hers = snapshot.orders.values().map(|detail| &detail.order).filter(|order| order.client.id == user && is_coming(&order.status));
    std::iter::once(topics::events(user)).chain(hers.map(|order| topics::tracking(user, order.id))).collect()
}

#[cfg(test)]
mod tests {
    use rapi_core::wire::orders::OrderDetail;
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    fn order(number: u128, client: Id<User>, status: &str) -> OrderDetail {
        let detail = json!({
            "id": Uuid::from_u128(number), "order_number": "RP-1", "client": { "id": client, "full_name": "Siti" }, "status": status,
            "service_latitude": -6.2, "service_longitude": 106.8, "service_address": "Jl. Kemang Raya 12", "time_zone": "Asia/Jakarta",
            "requested_time": "2026-11-22T02:00:00Z", "rate_per_5_minutes": 1000, "payment_method": "CASH", "duration_minutes": 0,
            "base_amount": 0, "service_fee": 0, "total_amount": 0, "photo_urls": [], "actions": [],
            "created_at": "2026-11-22T01:00:00Z", "updated_at": "2026-11-22T01:00:00Z",
        });
        serde_json::from_value(detail).unwrap()
    }

    #[test]
    fn she_listens_to_her_events_and_to_whoever_is_on_the_way_to_her() {
        let (siti, somebody) = (Id::new(Uuid::from_u128(1)), Id::new(Uuid::from_u128(2)));
        let statuses = ["PENDING", "ACCEPTED", "ON_THE_WAY", "ARRIVED", "IN_PROGRESS", "COMPLETED", "CANCELLED", "OF_A_LATER_VERSION"];
        let hers = (10..).zip(statuses).map(|(number, status)| order(number, siti, status));
        // An order that she works at herself.
        let others = [order(20, somebody, "ON_THE_WAY")];
        let orders = hers.chain(others).map(|detail| (detail.order.id, detail)).collect();
        let of_order = |number| topics::tracking(siti, Id::new(Uuid::from_u128(number)));
        let expected = BTreeSet::from([topics::events(siti), of_order(11), of_order(12)]);
        assert_eq!(of(siti, &Snapshot { orders, ..Snapshot::default() }), expected);
    }
}
