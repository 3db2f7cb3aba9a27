//! One page a file: asks the engine for what a screen of `rapi-ui` shows, and does what people want there.

mod frame;
mod orders;
mod verifications;

pub use frame::{Floor, use_pulse};
pub use orders::{Orders, use_names};
pub use verifications::Verifications;
