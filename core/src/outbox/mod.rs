//! The phone's send queue: what the person asked for while nothing, or little, was heard of the backend.
//!
//! Knows nothing of HTTP, of tables, or of what an intent means: it keeps the order and asks again until there is an
//! answer.

mod backoff;
mod entry;
mod queue;

#[cfg(test)]
mod tests;

pub use backoff::{LONGEST_DELAY, delay_after};
pub use entry::{Entry, Intent, Method, UnknownMethod};
pub use queue::{Delivery, Effect, Input, Outbox, Outcome};
