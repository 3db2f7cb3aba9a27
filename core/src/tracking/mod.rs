//! Where a provider is: which GPS fixes count, how they travel, when they are sent, and how far the way still is.
//!
//! Knows nothing of MQTT or HTTP, nor of who may see a position.

mod arrival;
mod batcher;
mod checks;
mod codec;
mod decode;
mod encode;
mod fix;
mod nibbles;
mod rules;
mod scale;
mod status;
mod weigh;

#[cfg(test)]
mod batcher_tests;
#[cfg(test)]
mod codec_tests;

pub use arrival::{Estimate, estimate};
pub use batcher::{Batcher, Checkpoint, Connection, Effect, Input, SamplingMode};
pub use checks::{Rejected, check};
pub use codec::{Batch, FORMAT_VERSION, MAX_BYTES, MAX_FIXES};
pub use decode::{DecodeError, decode};
pub use encode::{EncodeError, encode};
pub use fix::{Fix, heading};
pub use rules::TrackingRules;
pub use status::{TrackingStatus, UnknownStatus};
pub use weigh::{Weighed, weigh};
