//! Which fixes count. The phone asks before it sends, the backend before it believes.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Fix, TrackingRules};
use crate::values::Timestamp;

/// Why a fix does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Rejected {
    /// The receiver did not say how sure it is.
    NoAccuracy,
    /// The receiver is not sure enough.
    Inaccurate,
    /// Nobody gets there from the fix before in that time.
    TooFast,
    /// The fix is ahead of the clock.
    FromTheFuture,
    /// The fix is too old to matter.
    TooOld,
    /// The fix is not later than the one before.
    OutOfOrder,
}

impl Rejected {
    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoAccuracy => "no_accuracy",
            Self::Inaccurate => "inaccurate",
            Self::TooFast => "too_fast",
            Self::FromTheFuture => "from_the_future",
            Self::TooOld => "too_old",
            Self::OutOfOrder => "out_of_order",
        }
    }
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Does `fix` count, after `previous`, the last one that did?
///
/// # Errors
/// [`Rejected`] with the first reason found.
pub fn check(fix: &Fix, previous: Option<&Fix>, now: Timestamp, rules: &TrackingRules) -> Result<(), Rejected> {
    check_accuracy(fix, rules)?;
    if fix.at.since(now) > rules.max_ahead {
        return Err(Rejected::FromTheFuture);
    }
    if now.since(fix.at) > rules.max_age {
        return Err(Rejected::TooOld);
    }
    previous.map_or(Ok(()), |previous| check_step(fix, previous, rules))
}

fn check_accuracy(fix: &Fix, rules: &TrackingRules) -> Result<(), Rejected> {
    match fix.accuracy_meters {
        // Below zero is how some receivers say that they do not know.
        Some(meters) if meters >= 0.0 => {
            if meters <= rules.max_accuracy_meters {
                Ok(())
            } else {
                Err(Rejected::Inaccurate)
            }
        }
        _ => Err(Rejected::NoAccuracy),
    }
}

fn check_step(fix: &Fix, previous: &Fix, rules: &TrackingRules) -> Result<(), Rejected> {
    if fix.at <= previous.at {
        return Err(Rejected::OutOfOrder);
    }
    let reach = rules.max_speed_mps * fix.at.since(previous.at).as_secs_f64();
    if previous.position.meters_to(fix.position) > reach { Err(Rejected::TooFast) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::values::LatLng;

    const NOW: Timestamp = Timestamp::from_micros(1_800_000_000_000_000);

    fn fix(seconds_ago: u64, latitude: f64) -> Fix {
        Fix {
            at: NOW - Duration::from_secs(seconds_ago),
            position: LatLng::try_new(latitude, 106.8).unwrap(),
            accuracy_meters: Some(8.0),
            speed_kmh: None,
            heading_degrees: None,
            is_mock: false,
        }
    }

    fn verdict(fix: &Fix, previous: Option<&Fix>) -> Result<(), Rejected> {
        check(fix, previous, NOW, &TrackingRules::default())
    }

    #[test]
    fn a_fix_must_say_how_sure_it_is() {
        let of = |accuracy_meters| verdict(&Fix { accuracy_meters, ..fix(0, -6.2) }, None);
        assert_eq!((of(Some(0.0)), of(Some(100.0))), (Ok(()), Ok(())));
        assert_eq!(of(Some(100.1)), Err(Rejected::Inaccurate));
        assert_eq!(of(Some(f32::INFINITY)), Err(Rejected::Inaccurate));
        for unknown in [None, Some(-1.0), Some(f32::NAN)] {
            assert_eq!(of(unknown), Err(Rejected::NoAccuracy));
        }
    }

    #[test]
    fn a_fix_must_be_of_about_now() {
        let at = |at| verdict(&Fix { at, ..fix(0, -6.2) }, None);
        assert_eq!(at(NOW + Duration::from_secs(60)), Ok(()));
        assert_eq!(at(NOW + Duration::from_secs(61)), Err(Rejected::FromTheFuture));
        assert_eq!(at(NOW - Duration::from_secs(86_400)), Ok(()));
        assert_eq!(at(NOW - Duration::from_secs(86_401)), Err(Rejected::TooOld));
    }

    #[test]
    fn a_fix_must_come_after_the_one_before() {
        assert_eq!(verdict(&fix(5, -6.2), Some(&fix(5, -6.2))), Err(Rejected::OutOfOrder));
        assert_eq!(verdict(&fix(6, -6.2), Some(&fix(5, -6.2))), Err(Rejected::OutOfOrder));
    }

    #[test]
    fn nobody_travels_faster_than_55_metres_a_second() {
        // 0.001° of latitude are 111.2 m.
        assert_eq!(verdict(&fix(0, -6.201), Some(&fix(3, -6.2))), Ok(()));
        assert_eq!(verdict(&fix(0, -6.201), Some(&fix(2, -6.2))), Err(Rejected::TooFast));
    }

    #[test]
    fn a_simulated_fix_is_kept() {
        assert_eq!(verdict(&Fix { is_mock: true, ..fix(0, -6.2) }, None), Ok(()));
    }

    #[test]
    fn reasons_are_written_as_they_are_named() {
        assert_eq!(serde_json::to_value(Rejected::FromTheFuture).unwrap(), Rejected::FromTheFuture.as_str());
        assert_eq!(serde_json::to_value(Rejected::NoAccuracy).unwrap(), Rejected::NoAccuracy.as_str());
    }
}
