//! The prices an order was made with.

use serde::{Deserialize, Serialize};

use crate::values::{MoneyOverflow, Rupiah};

/// The prices an order copies when it is created, so that later changes do not touch it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tariff {
    /// For each five minutes of work; single minutes count a fifth of it.
    pub rate_per_5_minutes: Rupiah,
    /// Once per order, for the platform.
    pub service_fee: Rupiah,
    /// The platform's share of the base amount, 0–100.
    pub platform_percent: u8,
    /// The most the client lets the base amount grow to.
    pub max_amount: Option<Rupiah>,
}

/// Why there is no bill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PricingError {
    /// More than any amount of money.
    #[error(transparent)]
    Overflow(#[from] MoneyOverflow),
    /// A rate, fee, cap or discount below zero.
    #[error("a price or discount is below zero")]
    Negative,
    /// The platform's share is above all there is.
    #[error("the platform's share is above 100 %")]
    ShareAboveAll,
}

impl Tariff {
    /// Refuses prices nobody can mean.
    pub(super) fn check(&self) -> Result<(), PricingError> {
        let prices = [self.rate_per_5_minutes, self.service_fee, self.max_amount.unwrap_or_default()];
        if prices.into_iter().any(Rupiah::is_negative) {
            Err(PricingError::Negative)
        } else if self.platform_percent > 100 {
            Err(PricingError::ShareAboveAll)
        } else {
            Ok(())
        }
    }

    /// The base amount of so many billed minutes, before the cap: `minutes × rate ÷ 5`, half a rupiah rounds up.
    pub(super) fn uncapped(&self, minutes: i64) -> Result<Rupiah, MoneyOverflow> {
        self.rate_per_5_minutes.times_ratio(minutes, 5)
    }
}
