//! What becomes of fixes: weighed one by one against the last that counted; the good ones are kept.

use rapi_core::tracking::{Fix, Rejected, TrackingRules, check, heading};
use rapi_core::{Id, Timestamp, values};

use super::store::Last;

type User = Id<values::User>;

/// Fixes that have been looked at.
pub(super) struct Weighed {
    pub(super) kept: Vec<Fix>,
    /// What was found, in the order they came.
    pub(super) verdicts: Vec<Result<(), Rejected>>,
    /// Where she is after the last that was kept.
    pub(super) last: Option<Last>,
}

/// Checks each fix of `provider` against the one kept before it.
pub(super) fn weigh(provider: User, before: Option<Last>, fixes: &[Fix], now: Timestamp, rules: &TrackingRules) -> Weighed {
    let mut previous = before.and_then(|last| last.as_fix());
    let (mut kept, mut verdicts) = (Vec::with_capacity(fixes.len()), Vec::with_capacity(fixes.len()));
    for fix in fixes {
        let verdict = check(fix, previous.as_ref(), now, rules);
        if verdict.is_ok() {
            let fix = with_heading(*fix, previous.as_ref());
            kept.push(fix);
            previous = Some(fix);
        }
        verdicts.push(verdict);
    }
    let last = kept.last().map(|fix| Last::measured(provider, fix));
    Weighed { kept, verdicts, last }
}

/// The direction the receiver tells, or else that from the fix before, or else the direction so far.
fn with_heading(fix: Fix, previous: Option<&Fix>) -> Fix {
    let derived = previous.and_then(|previous| heading(previous.position, fix.position).or(previous.heading_degrees));
    Fix { heading_degrees: fix.heading_degrees.or(derived), ..fix }
}
