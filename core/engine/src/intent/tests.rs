//! Every intent goes where the public contract says.

use rapi_core::values::Order;
use rapi_core::wire::orders::{CreateOrderRequest, RatingRequest};
use rapi_core::wire::payments::{PayRequest, PaymentMethod, TopUpRequest};
use rapi_core::wire::people::{AvailabilityRequest, PatchMeRequest, PatchProviderProfileRequest};
use rapi_core::wire::work::WorkNotesRequest;
use rapi_core::{Id, Rupiah, Timestamp};
use serde_json::json;
use uuid::Uuid;

use super::route::order_of;
use super::{Intent, route};

const NOW: Timestamp = Timestamp::from_micros(1_800_000_000_000_000);

fn order() -> Id<Order> {
    Id::new(Uuid::from_u128(7))
}

fn goes(intent: &Intent) -> (String, String) {
    let route = route(intent, NOW).unwrap();
    (route.lane, format!("{} {}", route.method.as_str(), route.path.replace(&order().to_string(), "ID")))
}

#[test]
fn intents_of_an_order_share_its_lane_and_go_to_its_routes() {
    let id = order();
    let pay = PayRequest { payment_method: PaymentMethod::Cash, payment_proof: None };
    let rating = RatingRequest { rating: 5, review: None, rating_details: None };
    let documented = [
        (Intent::Accept(id), "POST /orders/ID/accept"),
        (Intent::Decline(id), "POST /orders/ID/decline"),
        (Intent::Seen(id), "POST /orders/ID/seen"),
        (Intent::Depart(id), "POST /orders/ID/depart"),
        (Intent::Arrive(id), "POST /orders/ID/arrive"),
        (Intent::StartWork(id), "POST /orders/ID/work-session/start"),
        (Intent::PauseWork(id), "POST /orders/ID/work-session/pause"),
        (Intent::ResumeWork(id), "POST /orders/ID/work-session/resume"),
        (Intent::StopWork(id), "POST /orders/ID/work-session/stop"),
        (Intent::WorkNotes { order: id, request: WorkNotesRequest::default() }, "PATCH /orders/ID/work-session"),
        (Intent::Cancel { order: id, reason: "sick".into() }, "POST /orders/ID/cancel"),
        (Intent::Pay { order: id, request: pay }, "POST /orders/ID/payment/pay"),
        (Intent::ConfirmCash(id), "POST /orders/ID/payment/confirm-cash"),
        (Intent::Rate { order: id, request: rating }, "POST /orders/ID/rating"),
    ];
    for (intent, to) in documented {
        assert_eq!(goes(&intent), (format!("order/{id}"), to.to_owned()), "{}", intent.what());
    }
}

#[test]
fn intents_of_a_person_go_to_their_documented_routes() {
    let availability = AvailabilityRequest { is_available: true, latitude: None, longitude: None };
    let top_up = TopUpRequest { amount: Rupiah::new(50_000), payment_method: PaymentMethod::BankTransfer };
    let documented = [
        (Intent::SetAvailability(availability), "profile", "PUT /me/availability"),
        (Intent::PatchProviderProfile(PatchProviderProfileRequest::default()), "profile", "PATCH /me/provider-profile"),
        (Intent::PatchMe(PatchMeRequest::default()), "me", "PATCH /me"),
        (Intent::TopUp(top_up), "wallet", "POST /wallet/top-ups"),
        (Intent::MarkNotificationRead(Id::new(order().uuid())), "notifications", "POST /notifications/ID/read"),
        (Intent::ReadAllNotifications, "notifications", "POST /notifications/read-all"),
    ];
    for (intent, lane, to) in documented {
        assert_eq!(goes(&intent), (lane.to_owned(), to.to_owned()), "{}", intent.what());
    }
}

#[test]
fn moves_on_the_way_and_at_work_carry_the_time_of_their_submission() {
    for intent in [Intent::Depart(order()), Intent::Arrive(order()), Intent::StopWork(order())] {
        assert_eq!(route(&intent, NOW).unwrap().body, json!({ "occurred_at": NOW }));
    }
    assert_eq!(route(&Intent::Accept(order()), NOW).unwrap().body, json!(null));
}

#[test]
fn an_order_is_asked_for_with_exactly_what_the_client_filled_in() {
    let request = CreateOrderRequest {
        service_category_id: None,
        custom_category_name: Some("Pasang gorden".into()),
        description: None,
        service_latitude: -6.26,
        service_longitude: 106.81,
        service_address: "Jl. Kemang Raya 10".into(),
        requested_time: NOW,
        preferred_provider_id: None,
        payment_method: PaymentMethod::Cash,
        max_amount: None,
        photo_urls: Vec::new(),
    };
    let route = route(&Intent::CreateOrder(request.clone()), NOW).unwrap();
    assert_eq!((route.method.as_str(), route.path.as_str()), ("POST", "/orders"));
    assert_eq!(serde_json::from_value::<CreateOrderRequest>(route.body).unwrap(), request);
}

#[test]
fn the_order_of_a_path_is_found_and_nothing_else_is_taken_for_one() {
    let id = order();
    assert_eq!(order_of(&format!("/orders/{id}/work-session/start")), Some(id));
    for path in ["/orders", "/orders/offers", "/me/locations"] {
        assert_eq!(order_of(path), None, "{path}");
    }
}
