//! The one place of the engine that makes ids.

use uuid::Uuid;

/// Makes ids nobody else has.
pub trait IdGen: Send + Sync {
    /// A new UUID, v7.
    fn new_uuid(&self) -> Uuid;
}

/// UUID v7 from the system's clock and randomness.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemIds;

impl IdGen for SystemIds {
    #[expect(clippy::disallowed_methods, reason = "this is the IdGen")]
    fn new_uuid(&self) -> Uuid {
        Uuid::now_v7()
    }
}
