//! Where positions come from.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use rapi_core::tracking::Fix;

/// Samples the device's position while asked to.
pub trait LocationSource: Send + Sync {
    /// Samples about every `every` from now on and hands each fix to `sink`; replaces an earlier start.
    fn start(&self, every: Duration, sink: FixSink);

    /// Samples no more.
    fn stop(&self);
}

/// Takes fixes in, from any thread, without waiting.
#[derive(Clone)]
pub struct FixSink(Arc<dyn Fn(Fix) + Send + Sync>);

impl FixSink {
    /// A sink that hands each fix to `take`.
    pub fn new(take: impl Fn(Fix) + Send + Sync + 'static) -> Self {
        Self(Arc::new(take))
    }

    /// Hands over one fix.
    pub fn send(&self, fix: Fix) {
        (self.0)(fix);
    }
}

impl fmt::Debug for FixSink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FixSink")
    }
}

/// A device that does not know where it is.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoLocation;

impl LocationSource for NoLocation {
    fn start(&self, _: Duration, _: FixSink) {}
    fn stop(&self) {}
}
