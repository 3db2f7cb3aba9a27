//! One page a file: asks the engine for what a screen of `rapi-ui` shows, and does what people want there.

mod home;
mod job;
mod offers;

pub use home::Home;
pub use job::Job;
pub use offers::{OfferDesk, Ringing};
