//! What the engine needs from the device it runs on, as traits: an app on a phone brings its own.

mod clock;
mod ids;
mod location;
mod secrets;

use std::path::Path;
use std::sync::Arc;

pub use clock::{Clock, SystemClock};
pub use ids::{IdGen, SystemIds};
pub use location::{FixSink, LocationSource, NoLocation};
pub use secrets::{FileSecretStore, SecretStore, SecretStoreError};

/// The device.
#[derive(Clone)]
pub struct Host {
    /// What time is it?
    pub clock: Arc<dyn Clock>,
    /// New ids.
    pub ids: Arc<dyn IdGen>,
    /// Where the session's tokens are kept.
    pub secrets: Arc<dyn SecretStore>,
    /// Where the device is.
    pub location: Arc<dyn LocationSource>,
}

impl Host {
    /// A computer: system clock, UUID v7, secrets in a file of `data_dir` that only its owner can read, no position.
    #[must_use]
    pub fn system(data_dir: &Path) -> Self {
        Self {
            clock: Arc::new(SystemClock::default()),
            ids: Arc::new(SystemIds),
            secrets: Arc::new(FileSecretStore::new(data_dir.join("session.secret"))),
            location: Arc::new(NoLocation),
        }
    }
}
