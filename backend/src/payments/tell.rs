//! Who hears of money: events for the apps, notices for the inbox.

use rapi_core::wire::events::Event;
use rapi_core::wire::payments::PaymentStatus;
use rapi_core::{Id, Rupiah, values};
use serde_json::{Value, json};
use uuid::Uuid;

use super::entities::payments::Model;
use crate::app::App;
use crate::notifications::service::{Notice, notify};
use crate::orders::service::OrderFacts;
use crate::platform::{ApiResult, Tx, events};

/// Tells both sides where a bill is.
///
/// # Errors
/// When the database refuses.
pub(super) async fn payment_changed(app: &App, tx: &Tx, payment: &Model) -> ApiResult<()> {
    let event = Event::PaymentChanged { order_id: Some(payment.order()), reference_id: None, status: payment.status()?.into() };
    for person in [payment.client(), payment.provider()] {
        events::tell(tx, &app.ids, app.now(), person, &event);
    }
    Ok(())
}

/// Tells the owner where a top-up or withdrawal is.
///
/// # Errors
/// When the database refuses.
pub(super) async fn reference_changed(
    app: &App,
    tx: &Tx,
    owner: Id<values::User>,
    reference: Uuid,
    status: PaymentStatus,
) -> ApiResult<()> {
    let event = Event::PaymentChanged { order_id: None, reference_id: Some(reference), status: status.into() };
    events::tell(tx, &app.ids, app.now(), owner, &event);
    Ok(())
}

/// Writes a notice about a bill.
///
/// # Errors
/// When the database refuses.
pub(super) async fn of_payment(
    app: &App,
    tx: &Tx,
    user: Id<values::User>,
    template: &'static str,
    order: &OrderFacts,
    payment: &Model,
) -> ApiResult<()> {
    let data = json!({
        "order_id": payment.order_id,
        "order_number": order.order_number,
        "payment_id": payment.id,
        "payment_number": payment.payment_number,
        "payment_method": payment.payment_method,
        "amount": Rupiah::new(payment.total_amount).to_string(),
        "total_amount": Rupiah::new(payment.total_amount).to_string(),
        "provider_earnings": Rupiah::new(payment.provider_earnings).to_string(),
        "duration_minutes": payment.duration_minutes,
    });
    let action_url = Some(format!("rapi://orders/{}", payment.order_id));
    notify(app, tx, user, Notice { template, data, action_url }).await
}

/// Writes a notice about a wallet; `about` adds to the amount.
///
/// # Errors
/// When the database refuses.
pub(super) async fn of_wallet(
    app: &App,
    tx: &Tx,
    user: Id<values::User>,
    template: &'static str,
    amount: Rupiah,
    about: &[(&str, Value)],
) -> ApiResult<()> {
    let mut data = json!({ "amount": amount.to_string() });
    about.iter().for_each(|(name, value)| data[*name] = value.clone());
    notify(app, tx, user, Notice { template, data, action_url: Some("rapi://wallet".to_owned()) }).await
}
