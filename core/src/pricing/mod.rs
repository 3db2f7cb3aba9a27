//! What work costs, and who gets how much of it.
//!
//! Whole rupiah in, whole rupiah out, nothing in between is a float. It must not know orders, wallets or gateways.

mod bill;
mod cap;
mod tariff;

pub use bill::{Bill, bill, bill_for_minutes, running_cost, started_minutes};
pub use cap::{CapState, NEAR_CAP_PERCENT, cap_state, worked_until_cap, worked_until_near_cap};
pub use tariff::{PricingError, Tariff};
