//! Jobs for tests.

use rapi_core::wire::orders::OrderDetail;
use rapi_core::{Id, Timestamp};
use serde_json::{Value, json};

use super::{MadeMove, Move};

const START: i64 = 1_795_320_000;

/// So many seconds after the start of the tests' time.
pub fn at(seconds: i64) -> Timestamp {
    Timestamp::from_micros((START + seconds) * 1_000_000)
}

/// A move made then.
pub fn made(kind: Move, seconds: i64) -> MadeMove {
    MadeMove { key: format!("{kind:?}{seconds}"), kind, at: at(seconds) }
}

/// Wati's job in this status; Rp1.000 for five minutes, in cash.
pub fn job(status: &str) -> OrderDetail {
    read(value(status))
}

/// The same, with work under way that the backend counted `seconds` of at [`at`]`(seconds)`.
pub fn working(seconds: i64) -> OrderDetail {
    read(with_work(value("IN_PROGRESS"), "working", "STARTED", seconds))
}

/// The same, stopped after so many seconds, with its bill in this state.
pub fn billed(stage: &str, payment: &str) -> OrderDetail {
    let mut value = with_work(value("IN_PROGRESS"), stage, "COMPLETED", 7_380);
    value["payment"] = json!({
        "id": Id::<()>::new(Default::default()), "order_id": value["id"], "payment_number": "PAY-1", "client_id": value["client"]["id"],
        "service_provider_id": value["provider"]["id"], "base_amount": 24_600, "service_fee": 0, "platform_fee": 2_460, "discount": 0,
        "total_amount": 24_600, "provider_earnings": 22_140, "payment_method": "CASH", "status": payment, "paid_at": null,
        "payment_gateway": null, "redirect_url": null, "qr_string": null, "created_at": at(7_400), "payment_history": []
    });
    read(value)
}

/// The same, with other values in the order.
pub fn changed(detail: &OrderDetail, change: impl FnOnce(&mut Value)) -> OrderDetail {
    let mut value = serde_json::to_value(detail).unwrap();
    change(&mut value);
    read(value)
}

pub fn value(status: &str) -> Value {
    let person = |name: &str, id: &str| json!({ "id": id, "full_name": name, "profile_photo": null, "average_rating": null });
    json!({
        "id": "01a2008d-7400-7000-8000-0000000000aa", "order_number": "RP-20418",
        "client": person("Siti Ayu", "01a2008d-7400-7000-8000-0000000000c1"),
        "provider": person("Wati Lestari", "01a2008d-7400-7000-8000-0000000000b1"),
        "service_category_id": null, "service_category_slug": "cleaning", "custom_category_name": null, "status": status, "stage": null,
        "description": "Dapur dan dua kamar mandi, ada kucing.", "service_latitude": -6.2607, "service_longitude": 106.8137,
        "service_address": "Jl. Kemang Raya 12, RT 3/RW 5", "time_zone": "Asia/Jakarta", "requested_time": at(-60), "broadcast_time": at(-50),
        "accepted_time": at(-40), "arrived_time": null, "started_time": null, "completed_time": null, "cancelled_time": null,
        "cancellation_reason": null, "cancelled_by": null, "rate_per_5_minutes": 1_000, "max_amount": null, "payment_method": "CASH",
        "duration_minutes": 0, "base_amount": 0, "service_fee": 0, "total_amount": 0, "photo_urls": [], "preferred_provider_id": null,
        "created_at": at(-60), "updated_at": at(-40), "work_session": null, "payment": null, "rating": null, "tracking": null, "actions": []
    })
}

fn with_work(mut value: Value, stage: &str, status: &str, seconds: i64) -> Value {
    value["stage"] = json!(stage);
    value["work_session"] = json!({
        "order_id": value["id"], "start_time": at(0), "end_time": (status == "COMPLETED").then(|| at(seconds)), "pause_times": [],
        "duration_minutes": seconds / 60, "status": status, "elapsed_seconds": seconds, "running_cost": seconds / 60 * 200,
        "as_of": at(seconds), "clock_unsure": false, "provider_notes": null, "client_notes": null
    });
    value
}

fn read(value: Value) -> OrderDetail {
    serde_json::from_value(value).unwrap()
}
