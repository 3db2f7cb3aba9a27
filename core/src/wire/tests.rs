//! The promises that hold for every type of the wire.

use super::people::UserType;
use super::*;

#[test]
fn an_answer_survives_a_word_from_the_future() {
    let word: OrUnknown<UserType> = serde_json::from_str("\"ROBOT\"").unwrap();
    assert_eq!(word, OrUnknown::Unknown("ROBOT".into()));
    assert_eq!(serde_json::from_str::<OrUnknown<UserType>>("\"CLIENT\"").unwrap(), UserType::Client.into());
}

#[test]
fn a_request_refuses_what_it_does_not_know() {
    let error = serde_json::from_str::<auth::OtpResendRequest>(r#"{"email":"a@b.id","admin":true}"#).unwrap_err();
    assert!(error.to_string().contains("unknown field `admin`"), "{error}");
    assert!(serde_json::from_str::<people::AvailabilityRequest>(r#"{"is_available":"yes"}"#).is_err());
}

#[test]
fn secrets_are_not_printed() {
    let login = auth::LoginRequest { email: Some("a@b.id".into()), phone: None, password: "hunter2hunter2".into() };
    assert!(!format!("{login:?}").contains("hunter2"));
}

#[test]
fn every_fault_names_its_field() {
    let request =
        orders::RatingRequest { rating: 6, review: Some("x".repeat(2001)), rating_details: Some([("cleanliness".to_owned(), 0)].into()) };
    let faults = request.validated().unwrap_err();
    let fields: Vec<_> = faults.iter().map(|fault| (fault.field.as_str(), fault.code.as_str())).collect();
    assert_eq!(fields, [("rating", "out_of_range"), ("review", "too_long"), ("rating_details.cleanliness", "out_of_range")]);
}

#[test]
fn an_event_comes_back_as_it_was_sent() {
    let event = events::Event::OfferClosed { order_id: crate::Id::new(uuid::Uuid::from_u128(7)), reason: "taken".into() };
    let (kind, data) = event.parts();
    let envelope = events::EventEnvelope {
        seq: 1,
        id: uuid::Uuid::from_u128(1),
        kind,
        version: events::VERSION,
        at: crate::Timestamp::default(),
        data,
    };
    assert_eq!(envelope.event(), Some(event));
    assert_eq!(events::EventEnvelope { version: 99, ..envelope.clone() }.event(), None);
    assert_eq!(events::EventEnvelope { kind: "party.invited".into(), ..envelope }.event(), None);
}
