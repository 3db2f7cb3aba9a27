//! The client pays the bill.

use rapi_core::orders::Stage;
use rapi_core::wire::payments::{PayRequest, PaymentMethod, PaymentResponse, PaymentStatus};
use rapi_core::{Id, Rupiah, values};

use super::entities::payments::Model;
use super::gateway::{self, Charge, PaymentGateway as _};
use super::{settle, store, tell};
use crate::app::App;
use crate::gateway::Caller;
use crate::orders::service::{self as orders, OrderFacts};
use crate::platform::{ApiError, ApiResult, Tx};

/// Pays the bill of an order by the method asked for. Paid, or being paid that way already, is success.
///
/// # Errors
/// 404; 409 `invalid_transition` before the work has stopped or after the order was cancelled, `payment_in_progress` while a
/// gateway has it; 422 `insufficient_balance`, which leaves the bill as it was.
pub(super) async fn pay(app: &App, tx: &Tx, caller: &Caller, order: Id<values::Order>, request: &PayRequest) -> ApiResult<PaymentResponse> {
    let facts = orders::visible_locked(tx, order, caller).await?;
    let payment = store::lock_of_order(tx, order).await?.ok_or_else(not_billed)?;
    let method = request.payment_method;
    let payment = match payment.status()? {
        PaymentStatus::Completed | PaymentStatus::Refunded => payment,
        PaymentStatus::Processing if payment.method()? == method => payment,
        // Cash that nobody handed over yet moved nothing: the client may think better of it.
        PaymentStatus::Processing if payment.method()? != PaymentMethod::Cash => return Err(in_progress()),
        PaymentStatus::Pending | PaymentStatus::Failed | PaymentStatus::Processing => {
            require_open(&facts)?;
            begin(app, tx, &facts, payment, request).await?
        }
    };
    Ok(store::answer(tx, payment).await?)
}

/// There is no bill yet.
pub(super) fn not_billed() -> ApiError {
    ApiError::conflict("invalid_transition", "there is no bill before the work has stopped")
}

/// A gateway is at it.
pub(super) fn in_progress() -> ApiError {
    ApiError::conflict("payment_in_progress", "this bill is being paid another way")
}

/// A bill is paid while its order waits for that.
pub(super) fn require_open(facts: &OrderFacts) -> ApiResult<()> {
    match facts.order.stage {
        Stage::AwaitingPayment { .. } => Ok(()),
        ref stage => Err(ApiError::conflict("invalid_transition", format!("cannot pay for an order that is {}", stage.status().as_str()))),
    }
}

async fn begin(app: &App, tx: &Tx, facts: &OrderFacts, before: Model, request: &PayRequest) -> ApiResult<Model> {
    let method = request.payment_method;
    let begun = Model {
        payment_method: method.as_str().to_owned(),
        payment_proof: request.payment_proof.clone().or_else(|| before.payment_proof.clone()),
        payment_gateway: None,
        external_payment_id: None,
        redirect_url: None,
        qr_string: None,
        pay_until: None,
        status: PaymentStatus::Processing.as_str().to_owned(),
        ..before.clone()
    };
    // A bill of nothing is settled at once, whichever way it is paid.
    if method == PaymentMethod::Wallet || before.total_amount == 0 {
        let begun = store::step(app, tx, &before, begun, "payment_started").await?;
        return settle::complete(app, tx, facts, begun).await;
    }
    let begun = match method {
        PaymentMethod::Cash => store::step(app, tx, &before, begun, "waiting_for_cash").await?,
        _ => {
            let begun = charge(app, tx, begun, method).await?;
            store::step(app, tx, &before, begun, "sent_to_gateway").await?
        }
    };
    tell::payment_changed(app, tx, &begun).await?;
    Ok(begun)
}

async fn charge(app: &App, tx: &Tx, mut payment: Model, method: PaymentMethod) -> ApiResult<Model> {
    let gateway = gateway::of(app);
    payment.attempts += 1;
    let reference = format!("{}-{}", payment.id, payment.attempts);
    let charged = gateway::charge(app, &Charge { reference, amount: Rupiah::new(payment.total_amount), method }).await?;
    settle::ask_later(app, tx, payment.id, &charged);
    payment.payment_gateway = Some(gateway.name().to_owned());
    payment.external_payment_id = Some(charged.external_id);
    payment.redirect_url = charged.redirect_url;
    payment.qr_string = charged.qr_string;
    payment.pay_until = Some((app.now() + charged.open_for).micros());
    Ok(payment)
}
