//! Orders to try the screens with.

use rapi_core::orders::{PayStage, Status};
use rapi_core::wire::orders::{OrderDetail, OrderItem, Party};
use rapi_core::wire::payments::{PaymentMethod, PaymentResponse, PaymentStatus};
use rapi_core::wire::work::WorkSessionResponse;
use rapi_core::work::SessionStatus;
use rapi_core::{Id, Rupiah, Timestamp};

/// A time on the day of the orders here, UTC.
pub fn at(clock: &str) -> Timestamp {
    format!("2026-11-22T{clock}Z").parse().expect("a time of day")
}

pub fn party(name: &str) -> Party {
    Party { id: Id::new(Default::default()), full_name: name.into(), profile_photo: None, average_rating: Some(4.8) }
}

/// House cleaning in Kemang, ordered at 02:00 UTC for at once.
pub fn order(status: Status) -> OrderItem {
    let provider = (!matches!(status, Status::Pending | Status::Cancelled)).then(|| party("Wati Lestari"));
    OrderItem {
        id: Id::new(Default::default()),
        order_number: "RP-20418".into(),
        client: party("Siti Ayu"),
        provider,
        service_category_id: Some(Id::new(Default::default())),
        service_category_slug: Some("cleaning".into()),
        custom_category_name: None,
        status: status.into(),
        stage: (status == Status::InProgress).then(|| PayStage::Working.into()),
        description: Some("Dapur dan dua kamar mandi, ada kucing.".into()),
        service_latitude: -6.2607,
        service_longitude: 106.8137,
        service_address: "Jl. Kemang Raya 12, RT 3/RW 5".into(),
        time_zone: "Asia/Jakarta".into(),
        requested_time: at("02:00:00"),
        broadcast_time: Some(at("02:00:00")),
        accepted_time: None,
        arrived_time: None,
        started_time: None,
        completed_time: None,
        cancelled_time: None,
        cancellation_reason: None,
        cancelled_by: None,
        rate_per_5_minutes: Rupiah::new(1_000),
        max_amount: Some(Rupiah::new(40_000)),
        payment_method: PaymentMethod::Cash.into(),
        duration_minutes: 0,
        base_amount: Rupiah::ZERO,
        service_fee: Rupiah::ZERO,
        total_amount: Rupiah::ZERO,
        photo_urls: Vec::new(),
        preferred_provider_id: None,
        created_at: at("02:00:00"),
        updated_at: at("02:00:00"),
    }
}

/// The same with nothing around it.
pub fn detail(status: Status) -> OrderDetail {
    OrderDetail { order: order(status), work_session: None, payment: None, rating: None, tracking: None, actions: Vec::new() }
}

/// Work that began at 03:00 UTC, read at 04:00 after `elapsed_seconds` of work.
pub fn session(status: SessionStatus, elapsed_seconds: i64) -> WorkSessionResponse {
    WorkSessionResponse {
        order_id: Id::new(Default::default()),
        start_time: at("03:00:00"),
        end_time: None,
        pause_times: Vec::new(),
        duration_minutes: 0,
        status: status.into(),
        elapsed_seconds,
        running_cost: Rupiah::ZERO,
        as_of: at("04:00:00"),
        clock_unsure: false,
        provider_notes: None,
        client_notes: None,
    }
}

/// The bill of 123 minutes.
pub fn payment(method: PaymentMethod, status: PaymentStatus) -> PaymentResponse {
    PaymentResponse {
        id: Id::new(Default::default()),
        order_id: Id::new(Default::default()),
        payment_number: "PY-1".into(),
        client_id: Id::new(Default::default()),
        service_provider_id: Id::new(Default::default()),
        base_amount: Rupiah::new(24_600),
        service_fee: Rupiah::ZERO,
        platform_fee: Rupiah::new(2_460),
        discount: Rupiah::ZERO,
        total_amount: Rupiah::new(24_600),
        provider_earnings: Rupiah::new(22_140),
        payment_method: method.into(),
        payment_gateway: None,
        status: status.into(),
        redirect_url: None,
        qr_string: None,
        pay_until: None,
        paid_at: (status == PaymentStatus::Completed).then(|| at("05:04:00")),
        created_at: at("05:03:00"),
        payment_history: Vec::new(),
    }
}

/// The order whose work was done in 123 minutes, at this stage.
pub fn billed(stage: PayStage, method: PaymentMethod, status: PaymentStatus) -> OrderDetail {
    let mut detail = detail(Status::InProgress);
    detail.order.stage = Some(stage.into());
    detail.order.duration_minutes = 123;
    detail.order.total_amount = Rupiah::new(24_600);
    detail.payment = Some(payment(method, status));
    detail
}
