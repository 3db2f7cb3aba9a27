//! Named places where a test lets this process die, or lets a step fail: how it is proved that a death at any instant loses nothing.
//!
//! `RAPI_FAIL_POINTS="commit.before=abort@17,gateway.called=error@1"` aborts the process, as `kill -9` would, when it passes the first
//! place for the 17th time, and fails the step when it passes the second for the first time. Compiled with debug assertions only:
//! a release binary has no such places and refuses the variable like any unknown setting.
//!
//! Own code instead of the crate `fail`: that one is switched by a cargo feature, so the tests would build the backend a second
//! time, and it was last released in 2022.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use sea_orm::DbErr;

use super::error::ApiError;

/// Are there any in this binary?
pub const ARE_COMPILED: bool = cfg!(debug_assertions);

macro_rules! points {
    ($($(#[$doc:meta])* $point:ident = $name:literal,)*) => {
        /// A place that can be made to fail.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Point { $($(#[$doc])* $point,)* }

        impl Point {
            /// All of them, by name.
            pub const ALL: &[(&str, Self)] = &[$(($name, Self::$point),)*];
        }
    };
}

points! {
    /// A transaction is about to be committed.
    CommitBefore = "commit.before",
    /// It is committed, and nobody has been answered.
    CommitAfter = "commit.after",
    /// The transaction of a request is committed, its caller has no answer.
    Unanswered = "unit.unanswered",
    /// Events have their numbers, not committed.
    RelayNumbered = "relay.numbered",
    /// Numbers are committed, nothing is published.
    RelayCommitted = "relay.committed",
    /// A deadline is claimed.
    DeadlineClaimed = "deadline.claimed",
    /// Its handler has run, not committed.
    DeadlineHandled = "deadline.handled",
    /// The fixes of a batch are in the history, the batch is not entered.
    BatchWeighed = "batch.weighed",
    /// The batch is durable, not acknowledged.
    BatchStored = "batch.stored",
    /// A payment gateway is about to be called.
    GatewayCalling = "gateway.calling",
    /// It was called, its answer is stored nowhere.
    GatewayCalled = "gateway.called",
    /// Half of a file is written.
    FileHalf = "file.half",
    /// A file is written, its row is not.
    FileWritten = "file.written",
    /// A message is handed over, its deadline still stands.
    MessageSent = "message.sent",
}

/// A step that was made to fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("made to fail at {0:?}")]
pub struct MadeToFail(Point);

impl From<MadeToFail> for DbErr {
    fn from(failed: MadeToFail) -> Self {
        Self::Custom(failed.to_string())
    }
}

impl From<MadeToFail> for ApiError {
    fn from(failed: MadeToFail) -> Self {
        Self::internal(failed)
    }
}

/// What is to happen when a place is passed for the `at`th time.
#[derive(Debug)]
struct Plan {
    point: Point,
    aborts: bool,
    at: u64,
    passed: AtomicU64,
}

static PLANS: OnceLock<Vec<Plan>> = OnceLock::new();

/// Reads what is to fail from the environment; before that nothing does.
///
/// # Errors
/// When it cannot be understood.
pub fn read_environment() -> anyhow::Result<()> {
    if let (true, Ok(text)) = (ARE_COMPILED, std::env::var("RAPI_FAIL_POINTS")) {
        let plans = text.split(',').map(|word| plan(word).ok_or_else(|| anyhow::anyhow!("not a fail point: {word}")));
        let _ = PLANS.set(plans.collect::<anyhow::Result<_>>()?);
    }
    Ok(())
}

/// `commit.before=abort@17`.
fn plan(word: &str) -> Option<Plan> {
    let (name, (action, at)) = word.split_once('=').and_then(|(name, rest)| Some((name, rest.split_once('@')?)))?;
    let point = Point::ALL.iter().find(|(known, _)| *known == name)?.1;
    let aborts = ["error", "abort"].iter().position(|known| *known == action)? == 1;
    Some(Plan { point, aborts, at: at.parse().ok()?, passed: AtomicU64::new(0) })
}

/// Passes a place.
///
/// # Errors
/// When this passing is to fail.
pub fn pass(point: Point) -> Result<(), MadeToFail> {
    pass_with(point, || ())
}

/// Passes a place, doing something first when this passing is to fail.
///
/// # Errors
/// When this passing is to fail.
pub fn pass_with(point: Point, before: impl FnOnce()) -> Result<(), MadeToFail> {
    if !ARE_COMPILED {
        return Ok(());
    }
    let mut plans = PLANS.get().into_iter().flatten().filter(|plan| plan.point == point);
    let Some(plan) = plans.find(|plan| plan.passed.fetch_add(1, Ordering::Relaxed) + 1 == plan.at) else { return Ok(()) };
    before();
    if plan.aborts {
        std::process::abort();
    }
    Err(MadeToFail(point))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_binary_has_none() {
        assert_eq!(ARE_COMPILED, cfg!(debug_assertions));
        assert!(PLANS.get().is_none(), "nothing fails unless it is asked for");
    }

    #[test]
    fn a_plan_says_where_how_and_when() {
        let read = |word| plan(word).map(|plan| (plan.point, plan.aborts, plan.at));
        assert_eq!(read("commit.before=abort@17"), Some((Point::CommitBefore, true, 17)));
        assert_eq!(read("file.half=error@1"), Some((Point::FileHalf, false, 1)));
        for nonsense in ["", "commit.before", "commit=abort@1", "commit.before=abort@x", "commit.before=pause@1"] {
            assert_eq!(read(nonsense), None, "{nonsense}");
        }
    }
}
