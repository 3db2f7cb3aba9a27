//! From time worked to a bill.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{PricingError, Tariff};
use crate::values::Rupiah;

const NANOS_PER_MINUTE: u128 = 60_000_000_000;

/// What an order costs and how it is shared.
///
/// `base_amount + service_fee − discount = total_amount = provider_earnings + platform_keeps()`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bill {
    /// Minutes billed.
    pub duration_minutes: i64,
    /// `duration_minutes × rate_per_5_minutes ÷ 5`, half a rupiah up, at most the client's `max_amount`.
    pub base_amount: Rupiah,
    /// Once per order, for the platform.
    pub service_fee: Rupiah,
    /// What the platform lets the client off; never more than `base_amount + service_fee`.
    pub discount: Rupiah,
    /// What the client pays; never below zero.
    pub total_amount: Rupiah,
    /// The platform's share of the base amount, half a rupiah up.
    pub platform_fee: Rupiah,
    /// The provider's share: the rest of the base amount.
    pub provider_earnings: Rupiah,
}

impl Bill {
    /// What stays with the platform: its share and the service fee less the discount it gave. Below zero when the
    /// discount is larger than both: then the platform pays the provider the difference.
    #[must_use]
    pub fn platform_keeps(&self) -> Rupiah {
        self.platform_fee + self.service_fee - self.discount
    }
}

/// Minutes to bill for time worked: each started minute counts, and there is at least one.
#[must_use]
pub fn started_minutes(worked: Duration) -> i64 {
    i64::try_from(worked.as_nanos().div_ceil(NANOS_PER_MINUTE)).unwrap_or(i64::MAX).max(1)
}

/// The bill for time worked, pauses already taken out.
///
/// # Errors
/// [`PricingError`] when the tariff or the discount makes no sense or the amount does not fit.
pub fn bill(tariff: &Tariff, worked: Duration, discount: Rupiah) -> Result<Bill, PricingError> {
    bill_for_minutes(tariff, started_minutes(worked), discount)
}

/// The bill for a number of minutes; fewer than one count as one. A discount larger than base amount and service fee
/// is cut down to them, so that nobody is ever owed for ordering.
///
/// # Errors
/// As [`bill`].
pub fn bill_for_minutes(tariff: &Tariff, minutes: i64, discount: Rupiah) -> Result<Bill, PricingError> {
    tariff.check()?;
    if discount.is_negative() {
        return Err(PricingError::Negative);
    }
    let duration_minutes = minutes.max(1);
    let base_amount = capped(tariff, duration_minutes)?;
    let gross = base_amount.checked_add(tariff.service_fee)?;
    let discount = discount.min(gross);
    let platform_fee = base_amount.times_ratio(i64::from(tariff.platform_percent), 100)?;
    Ok(Bill {
        duration_minutes,
        base_amount,
        service_fee: tariff.service_fee,
        discount,
        total_amount: gross - discount,
        platform_fee,
        provider_earnings: base_amount - platform_fee,
    })
}

/// What the client would pay if the work stopped now, no discount taken off.
///
/// # Errors
/// As [`bill`].
pub fn running_cost(tariff: &Tariff, worked: Duration) -> Result<Rupiah, PricingError> {
    Ok(bill(tariff, worked, Rupiah::ZERO)?.total_amount)
}

/// An amount too large to write is still capped, when there is a cap.
fn capped(tariff: &Tariff, minutes: i64) -> Result<Rupiah, PricingError> {
    match (tariff.uncapped(minutes), tariff.max_amount) {
        (Ok(base), Some(cap)) => Ok(base.min(cap)),
        (Err(_), Some(cap)) => Ok(cap),
        (base, None) => Ok(base?),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cleaning() -> Tariff {
        Tariff { rate_per_5_minutes: Rupiah::new(1_000), service_fee: Rupiah::ZERO, platform_percent: 10, max_amount: None }
    }

    #[test]
    fn an_hour_of_cleaning_costs_twelve_thousand() {
        let hour = bill(&cleaning(), Duration::from_secs(3600), Rupiah::ZERO).unwrap();
        assert_eq!(hour.duration_minutes, 60);
        assert_eq!(hour.total_amount, Rupiah::new(12_000));
        assert_eq!(hour.platform_fee, Rupiah::new(1_200));
        assert_eq!(hour.provider_earnings, Rupiah::new(10_800));
    }

    #[test]
    fn each_started_minute_counts_and_there_is_at_least_one() {
        let minutes = |millis| started_minutes(Duration::from_millis(millis));
        assert_eq!([minutes(0), minutes(1), minutes(60_000), minutes(60_001)], [1, 1, 1, 2]);
        assert_eq!(started_minutes(Duration::MAX), 307_445_734_561_825_861);
    }

    #[test]
    fn half_a_rupiah_rounds_up_in_price_and_share() {
        let tariff = Tariff { rate_per_5_minutes: Rupiah::new(25), ..cleaning() };
        let one = bill_for_minutes(&tariff, 1, Rupiah::ZERO).unwrap();
        assert_eq!((one.base_amount, one.platform_fee), (Rupiah::new(5), Rupiah::new(1)));
        let odd = Tariff { rate_per_5_minutes: Rupiah::new(5), ..cleaning() };
        let fifteen = bill_for_minutes(&odd, 15, Rupiah::ZERO).unwrap();
        assert_eq!((fifteen.base_amount, fifteen.platform_fee), (Rupiah::new(15), Rupiah::new(2)));
        let fifths = Tariff { rate_per_5_minutes: Rupiah::new(1), ..cleaning() };
        let base = |minutes| bill_for_minutes(&fifths, minutes, Rupiah::ZERO).unwrap().base_amount.get();
        assert_eq!([base(1), base(2), base(3), base(7), base(8)], [0, 0, 1, 1, 2]);
    }

    #[test]
    fn the_cap_holds_the_base_amount_and_not_the_service_fee() {
        let tariff = Tariff { max_amount: Some(Rupiah::new(5_000)), service_fee: Rupiah::new(700), ..cleaning() };
        let long = bill_for_minutes(&tariff, 600, Rupiah::ZERO).unwrap();
        assert_eq!((long.base_amount, long.total_amount), (Rupiah::new(5_000), Rupiah::new(5_700)));
        assert_eq!(long.platform_fee, Rupiah::new(500));
        assert_eq!(bill_for_minutes(&tariff, i64::MAX, Rupiah::ZERO).unwrap().base_amount, Rupiah::new(5_000));
    }

    #[test]
    fn a_discount_larger_than_the_bill_makes_it_free() {
        let free = bill_for_minutes(&cleaning(), 10, Rupiah::new(99_000)).unwrap();
        assert_eq!((free.discount, free.total_amount), (Rupiah::new(2_000), Rupiah::ZERO));
        assert_eq!(free.provider_earnings, Rupiah::new(1_800), "the provider is paid all the same");
        assert_eq!(free.platform_keeps(), Rupiah::new(-1_800));
    }

    #[test]
    fn the_running_cost_is_the_bill_of_stopping_now() {
        let tariff = Tariff { service_fee: Rupiah::new(500), ..cleaning() };
        assert_eq!(running_cost(&tariff, Duration::from_secs(61)), Ok(Rupiah::new(900)));
    }

    #[test]
    fn prices_nobody_can_mean_are_refused() {
        let refused = |tariff: Tariff, discount| bill_for_minutes(&tariff, 1, Rupiah::new(discount)).unwrap_err();
        let below = Rupiah::new(-1);
        assert_eq!(refused(Tariff { rate_per_5_minutes: below, ..cleaning() }, 0), PricingError::Negative);
        assert_eq!(refused(Tariff { service_fee: below, ..cleaning() }, 0), PricingError::Negative);
        assert_eq!(refused(Tariff { max_amount: Some(below), ..cleaning() }, 0), PricingError::Negative);
        assert_eq!(refused(cleaning(), -1), PricingError::Negative);
        assert_eq!(refused(Tariff { platform_percent: 101, ..cleaning() }, 0), PricingError::ShareAboveAll);
        let dear = Tariff { rate_per_5_minutes: Rupiah::new(i64::MAX), ..cleaning() };
        assert!(matches!(bill_for_minutes(&dear, 10, Rupiah::ZERO), Err(PricingError::Overflow(_))));
    }

    fn any_tariff() -> impl Strategy<Value = Tariff> {
        (0i64..5_000_000, 0i64..100_000, 0u8..=100, prop::option::of(0i64..10_000_000)).prop_map(|(rate, fee, platform_percent, cap)| {
            Tariff {
                rate_per_5_minutes: Rupiah::new(rate),
                service_fee: Rupiah::new(fee),
                platform_percent,
                max_amount: cap.map(Rupiah::new),
            }
        })
    }

    proptest! {
        #[test]
        fn every_rupiah_paid_belongs_to_somebody(tariff in any_tariff(), minutes in 1i64..100_000, discount in 0i64..1_000_000) {
            let bill = bill_for_minutes(&tariff, minutes, Rupiah::new(discount)).unwrap();
            prop_assert_eq!(bill.provider_earnings + bill.platform_keeps(), bill.total_amount);
            prop_assert_eq!(bill.provider_earnings + bill.platform_fee, bill.base_amount);
            prop_assert_eq!(bill.base_amount + bill.service_fee - bill.discount, bill.total_amount);
            for amount in [bill.base_amount, bill.discount, bill.total_amount, bill.platform_fee, bill.provider_earnings] {
                prop_assert!(!amount.is_negative());
            }
            prop_assert!(tariff.max_amount.is_none_or(|cap| bill.base_amount <= cap));
        }

        #[test]
        fn longer_work_never_costs_less(tariff in any_tariff(), shorter in 0u64..1_000_000, more in 0u64..1_000_000) {
            let cost = |seconds| running_cost(&tariff, Duration::from_secs(seconds)).unwrap();
            prop_assert!(cost(shorter) <= cost(shorter + more));
        }

        #[test]
        fn started_minutes_cover_the_work_and_no_whole_minute_more(micros in 1u64..1_000_000_000_000) {
            let worked = Duration::from_micros(micros);
            let minutes = u64::try_from(started_minutes(worked)).unwrap();
            prop_assert!(Duration::from_secs(60 * minutes) >= worked);
            prop_assert!(Duration::from_secs(60 * (minutes - 1)) < worked);
        }

        #[test]
        fn no_input_makes_a_bill_panic(rate: i64, fee: i64, percent: u8, cap: Option<i64>, minutes: i64, discount: i64) {
            let tariff = Tariff {
                rate_per_5_minutes: Rupiah::new(rate),
                service_fee: Rupiah::new(fee),
                platform_percent: percent,
                max_amount: cap.map(Rupiah::new),
            };
            if let Ok(bill) = bill_for_minutes(&tariff, minutes, Rupiah::new(discount)) {
                prop_assert_eq!(bill.provider_earnings + bill.platform_keeps(), bill.total_amount);
            }
        }
    }
}
