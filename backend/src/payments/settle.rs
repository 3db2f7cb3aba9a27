//! A bill is settled, or its payment failed: money, order and everybody concerned in one transaction.

use async_trait::async_trait;
use rapi_core::Rupiah;
use rapi_core::orders::{Actor, Command, Stage};
use rapi_core::wire::payments::PaymentStatus;
use serde_json::json;
use uuid::Uuid;

use super::entities::payments::Model;
use super::gateway::{self, Charged, Outcome, PaymentGateway as _};
use super::post::{Reference, post};
use super::wallets::{self, Beside};
use super::{store, tell};
use crate::app::{App, AppState};
use crate::orders::service::{self as orders, OrderFacts};
use crate::platform::jobs::{self, Handler, Job};
use crate::platform::{ApiError, ApiResult, Tx};

/// The deadline at which a gateway is asked how a payment went.
pub(super) const SETTLE: &str = "payments.settle";

/// Moves the money of a locked, open bill by its method and settles its order.
///
/// # Errors
/// 422 `insufficient_balance`; 409 when the order does not wait for payment.
pub(super) async fn complete(app: &App, tx: &Tx, facts: &OrderFacts, open: Model) -> ApiResult<Model> {
    let method = open.method()?;
    if let Some((journal, kind)) = open.journal(method)? {
        let reference = Reference::Payment { payment: open.id, order: open.order_id };
        post(app, tx, &journal, kind, &journal_key(open.id), reference).await?;
    }
    wallets::count(app, tx, open.provider(), Beside::Pending, -Rupiah::new(open.provider_earnings)).await?;
    let now = app.now();
    let paid = Model { status: PaymentStatus::Completed.as_str().to_owned(), paid_at: Some(now.micros()), ..open.clone() };
    let paid = store::step(app, tx, &open, paid, "paid").await?;
    if method != facts.payment_method {
        orders::record_payment_method(app, tx, paid.order(), method).await?;
    }
    orders::advance(app, tx, paid.order(), Command::Settle, Actor::System, now).await?;
    tell::payment_changed(app, tx, &paid).await?;
    tell::of_payment(app, tx, paid.client(), "PAYMENT_SUCCESS", facts, &paid).await?;
    tell::of_payment(app, tx, paid.provider(), "PAYMENT_RECEIVED", facts, &paid).await?;
    Ok(paid)
}

/// The key under which the money of a bill moves, once.
pub(super) fn journal_key(payment: Uuid) -> String {
    format!("payment:{payment}")
}

async fn fail(app: &App, tx: &Tx, facts: &OrderFacts, open: Model, message: &'static str) -> ApiResult<()> {
    let failed =
        Model { status: PaymentStatus::Failed.as_str().to_owned(), redirect_url: None, qr_string: None, pay_until: None, ..open.clone() };
    let failed = store::step(app, tx, &open, failed, message).await?;
    tell::payment_changed(app, tx, &failed).await?;
    tell::of_payment(app, tx, failed.client(), "PAYMENT_FAILED", facts, &failed).await
}

/// Asks the gateway in a while.
pub(super) fn ask_later(app: &App, tx: &Tx, payment: Uuid, charged: &Charged) {
    let (now, payload) = (app.now(), json!({ "external_payment_id": charged.external_id }));
    jobs::set(tx, &app.ids, now, SETTLE, payment, now + charged.ask_after, payload);
}

/// Asks the gateway how a payment went.
pub(super) struct AskGateway(pub(super) AppState);

#[async_trait]
impl Handler for AskGateway {
    async fn run(&self, tx: &Tx, job: &Job) -> Result<(), ApiError> {
        let app = &self.0;
        let Some(found) = store::find(tx, job.subject).await? else { return Ok(()) };
        let facts = orders::locked_facts(tx, found.order()).await?.ok_or_else(|| ApiError::internal("a bill without an order"))?;
        let Some(payment) = store::lock(tx, job.subject).await? else { return Ok(()) };
        let external_id = job.payload["external_payment_id"].as_str().unwrap_or_default().to_owned();
        let is_this_attempt = payment.external_payment_id.as_deref() == Some(external_id.as_str());
        if payment.status()? != PaymentStatus::Processing || !is_this_attempt {
            return Ok(());
        }
        let outcome = gateway::of(app).outcome(&external_id, Rupiah::new(payment.total_amount)).await?;
        match outcome {
            // An admin ended the order while the client was at the gateway: nothing may be settled any more.
            _ if !matches!(facts.order.stage, Stage::AwaitingPayment { .. }) => fail(app, tx, &facts, payment, "order_cancelled").await,
            Outcome::Refused => fail(app, tx, &facts, payment, "gateway_refused").await,
            Outcome::Paid => complete(app, tx, &facts, payment).await.map(|_| ()),
        }
    }
}
