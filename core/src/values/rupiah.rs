//! Whole rupiah. There are no cents, and there is never a float.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

use serde::{Deserialize, Serialize};

/// An amount of whole rupiah; may be negative (a debt). Arithmetic outside `i64` panics in tests and saturates never:
/// use the `checked_…` forms where an amount comes from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = i64, example = 24_000))]
pub struct Rupiah(i64);

/// A calculation that does not fit in 63 bits of rupiah.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the amount is larger than any amount of money")]
pub struct MoneyOverflow;

impl Rupiah {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// `rupiah` whole rupiah.
    #[must_use]
    pub const fn new(rupiah: i64) -> Self {
        Self(rupiah)
    }

    /// The number of rupiah.
    #[must_use]
    pub const fn get(self) -> i64 {
        self.0
    }

    /// More than nothing?
    #[must_use]
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// Less than nothing?
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// The sum, unless it does not fit.
    ///
    /// # Errors
    /// [`MoneyOverflow`] outside `i64`.
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyOverflow> {
        self.0.checked_add(other.0).map(Self).ok_or(MoneyOverflow)
    }

    /// `self × numerator ÷ denominator`, half a rupiah rounds up (towards +∞), calculated in 128 bits.
    ///
    /// # Errors
    /// [`MoneyOverflow`] when the result does not fit, or when `denominator` is not positive.
    pub fn times_ratio(self, numerator: i64, denominator: i64) -> Result<Self, MoneyOverflow> {
        if denominator <= 0 {
            return Err(MoneyOverflow);
        }
        let (product, divisor) = (i128::from(self.0) * i128::from(numerator), i128::from(denominator));
        let rounded = (2 * product + divisor).div_euclid(2 * divisor);
        i64::try_from(rounded).map(Self).map_err(|_| MoneyOverflow)
    }
}

impl Add for Rupiah {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}
impl AddAssign for Rupiah {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}
impl Sub for Rupiah {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}
impl SubAssign for Rupiah {
    fn sub_assign(&mut self, other: Self) {
        self.0 -= other.0;
    }
}
impl Neg for Rupiah {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}
impl Sum for Rupiah {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

/// `Rp12.000`, `-Rp12.000`: no space, dots between thousands.
impl fmt::Display for Rupiah {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.unsigned_abs().to_string();
        f.write_str(if self.0 < 0 { "-Rp" } else { "Rp" })?;
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                f.write_str(".")?;
            }
            write!(f, "{digit}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn amounts_print_as_indonesians_write_them() {
        let prints = |amount: i64| Rupiah::new(amount).to_string();
        assert_eq!(prints(0), "Rp0");
        assert_eq!(prints(200), "Rp200");
        assert_eq!(prints(12_000), "Rp12.000");
        assert_eq!(prints(-1_250_000), "-Rp1.250.000");
    }

    #[test]
    fn half_a_rupiah_rounds_up() {
        let tenth = |amount: i64| Rupiah::new(amount).times_ratio(1, 10).unwrap().get();
        assert_eq!((tenth(4), tenth(5), tenth(14), tenth(15), tenth(-5)), (0, 1, 1, 2, 0));
    }

    proptest! {
        #[test]
        fn a_ratio_is_never_off_by_more_than_half(amount in -1_000_000_000_000i64..1_000_000_000_000, n in 0i64..1000, d in 1i64..1000) {
            let rounded = i128::from(Rupiah::new(amount).times_ratio(n, d).unwrap().get());
            let error = rounded * i128::from(d) - i128::from(amount) * i128::from(n);
            prop_assert!(2 * error.abs() <= i128::from(d));
        }

        #[test]
        fn no_input_makes_a_ratio_panic(amount: i64, n: i64, d: i64) {
            let _ = Rupiah::new(amount).times_ratio(n, d);
        }
    }
}
