//! Fixes that came together, weighed one by one.

use super::{Fix, Rejected, TrackingRules, check, heading};
use crate::values::Timestamp;

/// What was found of fixes.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    /// Those that count, as they are to be kept, oldest first.
    pub kept: Vec<Fix>,
    /// What was found of each, in the order they came.
    pub verdicts: Vec<Result<(), Rejected>>,
}

/// Checks each fix against the one kept before it; `previous` is the last that was kept of an earlier time.
#[must_use]
pub fn weigh(fixes: &[Fix], mut previous: Option<Fix>, now: Timestamp, rules: &TrackingRules) -> Weighed {
    let (mut kept, mut verdicts) = (Vec::new(), Vec::with_capacity(fixes.len()));
    for fix in fixes {
        let verdict = check(fix, previous.as_ref(), now, rules);
        if verdict.is_ok() {
            let fix = with_heading(*fix, previous.as_ref());
            kept.push(fix);
            previous = Some(fix);
        }
        verdicts.push(verdict);
    }
    Weighed { kept, verdicts }
}

/// The direction the receiver tells, or else that from the fix before, or else the direction so far.
fn with_heading(fix: Fix, previous: Option<&Fix>) -> Fix {
    let derived = previous.and_then(|previous| heading(previous.position, fix.position).or(previous.heading_degrees));
    Fix { heading_degrees: fix.heading_degrees.or(derived), ..fix }
}
