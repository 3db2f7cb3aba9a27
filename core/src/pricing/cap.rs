//! The client's `max_amount`: how near a bill is to it, and when it will be.

use super::Tariff;
use crate::values::Rupiah;

/// From this share of the cap on, both sides are warned.
pub const NEAR_CAP_PERCENT: i64 = 80;

/// How near a base amount is to the client's `max_amount`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CapState {
    /// The client set none.
    NoCap,
    /// Not near it.
    Below,
    /// At [`NEAR_CAP_PERCENT`] or more of it.
    Near,
    /// The bill grows no more.
    Reached,
}

/// How near `base` is to the cap of `tariff`.
#[must_use]
pub fn cap_state(tariff: &Tariff, base: Rupiah) -> CapState {
    match tariff.max_amount {
        None => CapState::NoCap,
        Some(cap) if base >= cap => CapState::Reached,
        Some(cap) if base >= near(cap) => CapState::Near,
        Some(_) => CapState::Below,
    }
}

/// The first billed minute whose base amount reaches the cap; `None` without a cap, or when it is never reached.
#[must_use]
pub fn worked_until_cap(tariff: &Tariff) -> Option<i64> {
    first_minute_at(tariff, tariff.max_amount?)
}

/// The first billed minute that is to be warned of; `None` as in [`worked_until_cap`].
#[must_use]
pub fn worked_until_near_cap(tariff: &Tariff) -> Option<i64> {
    first_minute_at(tariff, near(tariff.max_amount?))
}

/// The smallest amount that is [`NEAR_CAP_PERCENT`] of `cap` or more.
fn near(cap: Rupiah) -> Rupiah {
    let share = i128::from(cap.get()) * i128::from(NEAR_CAP_PERCENT);
    // Rounded up by negating twice; a share of an i64 is an i64.
    Rupiah::new(i64::try_from(-((-share).div_euclid(100))).unwrap_or(i64::MAX))
}

/// The smallest `minutes ≥ 1` with `⌊minutes × rate ÷ 5 + ½⌋ ≥ target`, that is
/// `minutes ≥ 5 (2 target − 1) ÷ (2 rate)`.
fn first_minute_at(tariff: &Tariff, target: Rupiah) -> Option<i64> {
    if !target.is_positive() {
        return Some(1);
    }
    if !tariff.rate_per_5_minutes.is_positive() {
        return None;
    }
    let (target, rate) = (i128::from(target.get()), i128::from(tariff.rate_per_5_minutes.get()));
    let minutes = -((-5 * (2 * target - 1)).div_euclid(2 * rate));
    i64::try_from(minutes).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tariff(rate: i64, cap: Option<i64>) -> Tariff {
        Tariff { rate_per_5_minutes: Rupiah::new(rate), service_fee: Rupiah::ZERO, platform_percent: 10, max_amount: cap.map(Rupiah::new) }
    }

    #[test]
    fn both_are_warned_at_eighty_percent() {
        let capped = tariff(1_000, Some(10_000));
        let state = |base| cap_state(&capped, Rupiah::new(base));
        assert_eq!([state(7_999), state(8_000), state(9_999)], [CapState::Below, CapState::Near, CapState::Near]);
        assert_eq!([state(10_000), state(20_000)], [CapState::Reached, CapState::Reached]);
        assert_eq!((worked_until_near_cap(&capped), worked_until_cap(&capped)), (Some(40), Some(50)));
    }

    #[test]
    fn without_a_cap_or_a_rate_it_is_never_reached() {
        assert_eq!(cap_state(&tariff(1_000, None), Rupiah::new(i64::MAX)), CapState::NoCap);
        assert_eq!(worked_until_cap(&tariff(1_000, None)), None);
        assert_eq!(worked_until_cap(&tariff(0, Some(1))), None);
    }

    proptest! {
        #[test]
        fn the_minute_named_is_the_first_one(rate in 1i64..100_000, cap in 1i64..1_000_000) {
            let tariff = tariff(rate, Some(cap));
            let state = |minutes| cap_state(&tariff, tariff.uncapped(minutes).unwrap());
            let (warned, reached) = (worked_until_near_cap(&tariff).unwrap(), worked_until_cap(&tariff).unwrap());
            prop_assert!(1 <= warned && warned <= reached);
            prop_assert_eq!(state(reached), CapState::Reached);
            prop_assert_ne!(state(warned), CapState::Below);
            prop_assert!(reached == 1 || state(reached - 1) != CapState::Reached);
            prop_assert!(warned == 1 || state(warned - 1) == CapState::Below);
        }

        #[test]
        fn no_tariff_makes_the_cap_panic(rate: i64, cap: i64, base: i64) {
            let tariff = tariff(rate, Some(cap));
            let _ = (cap_state(&tariff, Rupiah::new(base)), worked_until_cap(&tariff), worked_until_near_cap(&tariff));
        }
    }
}
