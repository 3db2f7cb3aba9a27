//! Making the bill of work that has stopped.

use std::time::Duration;

use rapi_core::ledger::Journal;
use rapi_core::pricing::{self, Bill};
use rapi_core::wire::payments::{PaymentMethod, PaymentStatus};
use rapi_core::{Id, Rupiah, values};

use super::entities::payments::Model;
use super::post::JournalKind;
use super::wallets::{self, Beside};
use super::{store, tell};
use crate::app::App;
use crate::orders::service::{self as orders, OrderFacts};
use crate::platform::{ApiError, ApiResult, Tx};

/// Makes the one bill of an order, tells both sides. Already made is success.
pub(super) async fn make(app: &App, tx: &Tx, order: &OrderFacts, worked: Duration) -> ApiResult<()> {
    let provider = order.order.stage.provider();
    let provider = provider.ok_or_else(|| ApiError::conflict("invalid_transition", "an order without a provider has no bill"))?;
    let bill = pricing::bill(&order.tariff, worked, Rupiah::ZERO);
    let bill = bill.map_err(|error| ApiError::unprocessable("amount_too_large", error.to_string()))?;
    let payment = row(app, order, provider, &bill);
    if store::insert(tx, &payment).await? {
        orders::record_bill(app, tx, order.order.id, &bill).await?;
        wallets::count(app, tx, provider, Beside::Pending, bill.provider_earnings).await?;
        store::note(app, tx, &payment, "bill_made").await?;
        tell::payment_changed(app, tx, &payment).await?;
        tell::of_payment(app, tx, payment.client(), "BILL_READY", order, &payment).await?;
    }
    Ok(())
}

/// Takes back the bill of an order that was called off before it was paid: nothing is owed any more. Paid or taken back already, or
/// never made, is success.
pub(super) async fn void(app: &App, tx: &Tx, order: Id<values::Order>) -> ApiResult<()> {
    let Some(open) = store::lock_of_order(tx, order).await? else { return Ok(()) };
    let is_paid = matches!(open.status()?, PaymentStatus::Completed | PaymentStatus::Refunded);
    if is_paid || open.voided_at.is_some() {
        return Ok(());
    }
    wallets::count(app, tx, open.provider(), Beside::Pending, -Rupiah::new(open.provider_earnings)).await?;
    let status = PaymentStatus::Failed.as_str().to_owned();
    let void = Model { status, voided_at: Some(app.now().micros()), redirect_url: None, qr_string: None, pay_until: None, ..open.clone() };
    let void = store::step(app, tx, &open, void, "order_cancelled").await?;
    tell::payment_changed(app, tx, &void).await
}

fn row(app: &App, order: &OrderFacts, provider: Id<values::User>, bill: &Bill) -> Model {
    let now = app.now().micros();
    Model {
        id: app.ids.uuid(),
        order_id: order.order.id.uuid(),
        payment_number: app.ids.number("PY"),
        client_id: order.order.client.uuid(),
        service_provider_id: provider.uuid(),
        duration_minutes: bill.duration_minutes,
        base_amount: bill.base_amount.get(),
        service_fee: bill.service_fee.get(),
        platform_fee: bill.platform_fee.get(),
        discount: bill.discount.get(),
        total_amount: bill.total_amount.get(),
        provider_earnings: bill.provider_earnings.get(),
        currency: "IDR".to_owned(),
        payment_method: order.payment_method.as_str().to_owned(),
        payment_gateway: None,
        external_payment_id: None,
        attempts: 0,
        redirect_url: None,
        qr_string: None,
        pay_until: None,
        status: PaymentStatus::Pending.as_str().to_owned(),
        payment_proof: None,
        notes: None,
        voided_at: None,
        paid_at: None,
        created_at: now,
        updated_at: now,
    }
}

impl Model {
    /// The bill it was made of.
    pub(super) const fn bill(&self) -> Bill {
        Bill {
            duration_minutes: self.duration_minutes,
            base_amount: Rupiah::new(self.base_amount),
            service_fee: Rupiah::new(self.service_fee),
            discount: Rupiah::new(self.discount),
            total_amount: Rupiah::new(self.total_amount),
            platform_fee: Rupiah::new(self.platform_fee),
            provider_earnings: Rupiah::new(self.provider_earnings),
        }
    }

    /// The journal that paying it by `method` posts; `None` when nothing moves.
    ///
    /// # Errors
    /// 500 when the bill does not add up.
    pub(super) fn journal(&self, method: PaymentMethod) -> ApiResult<Option<(Journal, JournalKind)>> {
        let bill = self.bill();
        let (journal, kind) = match method {
            PaymentMethod::Wallet => (Journal::wallet_payment(self.client(), self.provider(), &bill), JournalKind::WalletPayment),
            PaymentMethod::Cash => (Journal::cash_payment(self.provider(), &bill), JournalKind::CashPayment),
            PaymentMethod::BankTransfer | PaymentMethod::EWallet => {
                (Journal::gateway_payment(self.provider(), &bill), JournalKind::GatewayPayment)
            }
        };
        match journal {
            Ok(journal) => Ok(Some((journal, kind))),
            Err(rapi_core::ledger::Unbalanced::TooFewLines) => Ok(None),
            Err(error) => Err(ApiError::internal(error)),
        }
    }
}
