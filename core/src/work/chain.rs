//! Proof that nobody rewrote the list.

use super::fold::distinct;
use super::{FIRST_PREVIOUS_HASH, WorkEvent};

/// The list was edited, or lacks an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the chain of events breaks at {sequence}")]
pub struct ChainBroken {
    /// The first place whose event is not the one expected there.
    pub sequence: u32,
}

/// Checks that `events`, in any order, are one unbroken chain from 0 on, each carrying the hash of the one before.
/// The end of a list has nothing after it to vouch for it: whoever must notice its loss keeps the last hash elsewhere.
///
/// # Errors
/// [`ChainBroken`] with the first place that does not fit.
pub fn verify_chain(events: &[WorkEvent]) -> Result<(), ChainBroken> {
    let mut previous_hash = FIRST_PREVIOUS_HASH.to_owned();
    for (sequence, event) in (0u32..).zip(distinct(events)) {
        if event.sequence != sequence || event.previous_hash != previous_hash {
            return Err(ChainBroken { sequence });
        }
        previous_hash = event.hash();
    }
    Ok(())
}
