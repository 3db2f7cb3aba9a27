//! Steps: each has a name, a bound on its time, and a tick when it is done.

use std::fmt;
use std::future::Future;
use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;

use rapi_engine::core::Timestamp;
use rapi_engine::{Clock, Engine, Snapshot, SystemClock};

/// No step but the ride takes longer.
const PATIENCE: Duration = Duration::from_secs(30);

/// A step that went wrong.
#[derive(Debug)]
pub struct Failed {
    step: String,
    why: String,
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.step, self.why)
    }
}

/// Tells what happens and how long it took.
pub struct Stage {
    clock: Arc<SystemClock>,
    began: Timestamp,
}

impl Stage {
    pub fn new() -> Self {
        let clock = Arc::new(SystemClock::default());
        Self { began: clock.now(), clock }
    }

    pub fn clock(&self) -> Arc<SystemClock> {
        self.clock.clone()
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub fn elapsed(&self) -> Duration {
        self.clock.now().since(self.began)
    }

    pub fn title(&self, text: &str) {
        println!("\n  {text}");
    }

    pub fn line(&self, text: impl fmt::Display) {
        println!("           {text}");
        let _ = std::io::stdout().flush();
    }

    /// Does `work` within the usual bound.
    pub async fn step<T, E: fmt::Display>(&self, name: &str, work: impl Future<Output = Result<T, E>>) -> Result<T, Failed> {
        self.step_within(PATIENCE, name, work).await
    }

    /// Does `work` within `bound`.
    pub async fn step_within<T, E: fmt::Display>(
        &self,
        bound: Duration,
        name: &str,
        work: impl Future<Output = Result<T, E>>,
    ) -> Result<T, Failed> {
        let failed = |why: String| Failed { step: name.to_owned(), why };
        match tokio::time::timeout(bound, work).await {
            Ok(Ok(value)) => {
                println!("  ✓ {:>5.1}s  {name}", self.elapsed().as_secs_f64());
                let _ = std::io::stdout().flush();
                Ok(value)
            }
            Ok(Err(error)) => Err(failed(error.to_string())),
            Err(_) => Err(failed(format!("nothing came of it within {} s", bound.as_secs()))),
        }
    }

    /// Waits until an engine knows something.
    pub async fn see(&self, name: &str, engine: &Engine, what: impl FnMut(&Snapshot) -> bool) -> Result<Arc<Snapshot>, Failed> {
        self.step(name, async { Ok::<_, Failed>(engine.wait_for(what).await) }).await
    }

    /// Lets time pass.
    pub async fn pass(&self, time: Duration) {
        self.clock.sleep_until(self.clock.now() + time).await;
    }
}
