//! The provider has the cash in her hand.

use rapi_core::wire::payments::{PaymentMethod, PaymentResponse, PaymentStatus};
use rapi_core::{Id, values};

use super::entities::payments::Model;
use super::{pay, settle, store};
use crate::app::App;
use crate::gateway::Caller;
use crate::orders::service as orders;
use crate::platform::{ApiError, ApiResult, Tx};

/// Completes the bill in cash; the client need not have said anything before. Confirmed already is success.
///
/// # Errors
/// 404; 409 `invalid_transition`, `payment_in_progress` while a gateway has it, `already_paid` when it was paid another way.
pub(super) async fn confirm_cash(app: &App, tx: &Tx, caller: &Caller, order: Id<values::Order>) -> ApiResult<PaymentResponse> {
    let facts = orders::visible_locked(tx, order, caller).await?;
    let payment = store::lock_of_order(tx, order).await?.ok_or_else(pay::not_billed)?;
    let is_cash = payment.method()? == PaymentMethod::Cash;
    let payment = match payment.status()? {
        PaymentStatus::Completed if is_cash => payment,
        PaymentStatus::Completed | PaymentStatus::Refunded => {
            return Err(ApiError::conflict("already_paid", "this bill was paid another way"));
        }
        PaymentStatus::Processing if !is_cash => return Err(pay::in_progress()),
        PaymentStatus::Pending | PaymentStatus::Failed | PaymentStatus::Processing => {
            pay::require_open(&facts)?;
            let in_cash = Model {
                payment_method: PaymentMethod::Cash.as_str().to_owned(),
                payment_gateway: None,
                external_payment_id: None,
                redirect_url: None,
                qr_string: None,
                pay_until: None,
                ..payment.clone()
            };
            let in_cash = store::step(app, tx, &payment, in_cash, "cash_confirmed").await?;
            settle::complete(app, tx, &facts, in_cash).await?
        }
    };
    Ok(store::answer(tx, payment).await?)
}
