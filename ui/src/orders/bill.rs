//! The lines of a bill.

use dioxus::prelude::*;
use rapi_core::wire::orders::OrderItem;
use rapi_core::wire::payments::{PaymentMethod, PaymentResponse};
use rapi_core::{Rupiah, Timestamp};

use super::Side;
use crate::controls::ValueLine;
use crate::formats::whole;
use crate::text::{Word, text};

/// What a bill says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillView {
    /// Minutes billed.
    pub minutes: i64,
    /// The price of five of them.
    pub rate_per_5_minutes: Rupiah,
    /// What so many minutes cost.
    pub worked: Rupiah,
    /// What the client's own limit takes off that.
    pub over_cap: Rupiah,
    /// Rapi's fee to the client.
    pub service_fee: Rupiah,
    /// Taken off.
    pub discount: Rupiah,
    /// What the client pays.
    pub total: Rupiah,
    /// Rapi's share of the work.
    pub platform_fee: Rupiah,
    /// What the provider keeps.
    pub earnings: Rupiah,
    /// How it is or was paid.
    pub method: Option<PaymentMethod>,
    /// When it was paid.
    pub paid_at: Option<Timestamp>,
}

impl BillView {
    /// The bill of an order.
    #[must_use]
    pub fn of(order: &OrderItem, payment: &PaymentResponse) -> Self {
        let rate_per_5_minutes = order.rate_per_5_minutes;
        let worked = rate_per_5_minutes.times_ratio(order.duration_minutes, 5).unwrap_or(payment.base_amount).max(payment.base_amount);
        Self {
            minutes: order.duration_minutes,
            rate_per_5_minutes,
            worked,
            over_cap: worked - payment.base_amount,
            service_fee: payment.service_fee,
            discount: payment.discount,
            total: payment.total_amount,
            platform_fee: payment.platform_fee,
            earnings: payment.provider_earnings,
            method: payment.payment_method.known().copied(),
            paid_at: payment.paid_at,
        }
    }
}

/// The lines as `side` has to know them: what the client pays, or what the provider keeps of it.
#[component]
pub fn BillLines(bill: BillView, side: Side) -> Element {
    let text = text();
    let minutes = text.fill(Word::BillMinutes, [("minutes", bill.minutes)]);
    let sum = format!("{} × {} ÷ 5", whole(bill.minutes, text.language()), bill.rate_per_5_minutes);
    rsx! {
        div { class: "bill-lines",
            ValueLine { name: text.say(Word::BillWorked), value: minutes }
            ValueLine { name: sum, value: bill.worked.to_string() }
            if bill.over_cap.is_positive() {
                ValueLine { name: text.say(Word::BillOverCap), value: (-bill.over_cap).to_string() }
            }
            match side {
                Side::Client => rsx! {
                    ValueLine { name: text.say(Word::BillServiceFee), value: bill.service_fee.to_string() }
                    if bill.discount.is_positive() {
                        ValueLine { name: text.say(Word::BillDiscount), value: (-bill.discount).to_string() }
                    }
                    ValueLine { name: text.say(Word::BillTotal), value: bill.total.to_string(), strong: true }
                },
                Side::Provider => rsx! {
                    ValueLine { name: text.say(Word::BillPlatformFee), value: (-bill.platform_fee).to_string() }
                    ValueLine { name: text.say(Word::BillEarnings), value: bill.earnings.to_string(), strong: true }
                },
            }
        }
    }
}
