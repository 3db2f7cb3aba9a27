//! The work timer: what happened at the client's door, as a list of chained events, and the session that list tells of.
//!
//! The list is the truth, never a counter: whoever folds the same events, in any order and however often repeated,
//! sees the same session. Knows nothing of prices (see `pricing`), of orders (see `orders`) or of how events travel.

mod append;
mod chain;
mod event;
mod fold;
mod refused;
mod session;
mod transition;

#[cfg(test)]
mod tests;

pub use append::{append, append_on_device};
pub use chain::{ChainBroken, verify_chain};
pub use event::{Attestation, FIRST_PREVIOUS_HASH, UnknownName, WorkEvent, WorkEventKind};
pub use fold::fold;
pub use refused::WorkRefused;
pub use session::{PauseSpan, ServerWindow, SessionStatus, WorkSession};
