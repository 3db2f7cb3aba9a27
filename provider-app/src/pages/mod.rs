//! One page a file: asks the engine for what a screen of `rapi-ui` shows, and does what people want there.

mod home;
mod job;
mod jobs;
mod offers;
mod profile;
mod provider_profile;
mod stats;
mod verification;

pub use home::Home;
pub use job::Job;
pub use jobs::Jobs;
pub use offers::{OfferDesk, Ringing};
pub use profile::Profile;
pub use provider_profile::ProviderProfile;
pub use stats::Stats;
pub use verification::Verification;
