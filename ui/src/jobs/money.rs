//! What a job brings, before its bill says so.

use std::time::Duration;

use rapi_core::pricing::{Bill, CapState, Tariff, bill, bill_for_minutes, cap_state};
use rapi_core::values::Rupiah;
use rapi_core::wire::orders::OrderItem;
use rapi_core::wire::payments::PaymentResponse;

/// Rapi's share of the work, as it is published. The bill tells the true one.
pub const PLATFORM_PERCENT: u8 = 10;

/// For how much work an offer is estimated, in minutes.
pub const ESTIMATED_MINUTES: i64 = 120;

/// The prices of `order`.
#[must_use]
pub const fn tariff_of(order: &OrderItem) -> Tariff {
    Tariff {
        rate_per_5_minutes: order.rate_per_5_minutes,
        service_fee: Rupiah::ZERO,
        platform_percent: PLATFORM_PERCENT,
        max_amount: order.max_amount,
    }
}

/// What a job of two hours brings.
#[must_use]
pub fn estimate(order: &OrderItem) -> Earned {
    Earned::of(bill_for_minutes(&tariff_of(order), ESTIMATED_MINUTES, Rupiah::ZERO).ok())
}

/// What was earned, and of what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Earned {
    /// The work.
    pub gross: Rupiah,
    /// Rapi's share of it.
    pub fee: Rupiah,
    /// The provider's.
    pub net: Rupiah,
    /// Billed minutes.
    pub minutes: i64,
}

impl Earned {
    /// By working so long.
    #[must_use]
    pub fn by(tariff: &Tariff, worked: Duration) -> Self {
        Self::of(bill(tariff, worked, Rupiah::ZERO).ok())
    }

    fn of(bill: Option<Bill>) -> Self {
        bill.map_or_else(Self::default, |bill| Self {
            gross: bill.base_amount,
            fee: bill.platform_fee,
            net: bill.provider_earnings,
            minutes: bill.duration_minutes,
        })
    }

    /// As the bill says.
    #[must_use]
    pub const fn billed(payment: &PaymentResponse, minutes: i64) -> Self {
        Self { gross: payment.base_amount, fee: payment.platform_fee, net: payment.provider_earnings, minutes }
    }
}

/// The client's limit, and how near the work is to it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cap {
    /// The limit.
    pub limit: Rupiah,
    /// How near.
    pub state: CapState,
    /// The part of it that is used, 0 to 1.
    pub part: f64,
}

impl Cap {
    /// Of work worth `gross`; nothing when the client set none.
    #[must_use]
    pub fn of(tariff: &Tariff, gross: Rupiah) -> Option<Self> {
        let limit = tariff.max_amount.filter(|limit| limit.is_positive())?;
        #[expect(clippy::cast_precision_loss, reason = "the length of a bar")]
        let part = (gross.get() as f64 / limit.get() as f64).clamp(0.0, 1.0);
        Some(Self { limit, state: cap_state(tariff, gross), part })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::fixtures::{changed, job};

    #[test]
    fn two_hours_are_estimated_after_our_share() {
        let two_hours = estimate(&job("PENDING").order);
        assert_eq!((two_hours.gross, two_hours.net), (Rupiah::new(24_000), Rupiah::new(21_600)));
        let capped = changed(&job("PENDING"), |order| order["max_amount"] = 10_000.into());
        assert_eq!(estimate(&capped.order).net, Rupiah::new(9_000));
    }

    #[test]
    fn the_limit_warns_from_four_fifths_on() {
        let tariff = tariff_of(&changed(&job("PENDING"), |order| order["max_amount"] = 10_000.into()).order);
        let state = |gross| Cap::of(&tariff, Rupiah::new(gross)).map(|cap| (cap.state, cap.part));
        assert_eq!(state(7_900), Some((CapState::Below, 0.79)));
        assert_eq!(state(8_000), Some((CapState::Near, 0.8)));
        assert_eq!(state(12_000), Some((CapState::Reached, 1.0)));
        assert_eq!(Cap::of(&tariff_of(&job("PENDING").order), Rupiah::new(1)), None);
    }
}
