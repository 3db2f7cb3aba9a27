//! The numbers dispatch runs by; all are settings.

use std::time::Duration;

use crate::values::Rupiah;

/// How orders are offered.
#[derive(Debug, Clone, PartialEq)]
pub struct DispatchRules {
    /// Providers asked in one wave, at most.
    pub wave_size: usize,
    /// Time from one wave to the next.
    pub wave_interval: Duration,
    /// How far each wave looks, in kilometres; the last one holds for all that follow. Empty reaches nobody.
    pub radii_km: Vec<f64>,
    /// From the broadcast on: without a taker by then the order is cancelled.
    pub give_up_after: Duration,
    /// How old a provider's position may be.
    pub max_position_age: Duration,
    /// From the broadcast on: how long a preferred provider is asked alone.
    pub preferred_alone: Duration,
    /// How long before its requested time an order is offered.
    pub scheduled_lead: Duration,
    /// A provider whose balance is below this gets no cash offers.
    pub cash_debt_limit: Rupiah,
}

impl Default for DispatchRules {
    fn default() -> Self {
        Self {
            wave_size: 5,
            wave_interval: Duration::from_secs(10),
            radii_km: vec![3.0, 5.0, 8.0, 12.0],
            give_up_after: Duration::from_secs(120),
            max_position_age: Duration::from_secs(10 * 60),
            preferred_alone: Duration::from_secs(30),
            scheduled_lead: Duration::from_secs(45 * 60),
            cash_debt_limit: Rupiah::new(-100_000),
        }
    }
}
