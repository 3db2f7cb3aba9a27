//! What is known.

use std::sync::Arc;
use std::time::Duration;

use dioxus::prelude::*;
use rapi_core::Timestamp;
use rapi_core::wire::people::UserSummary;
use rapi_engine::{Clock as _, Engine, Snapshot, SystemClock};

/// The newest snapshot of the engine, always. Reading it within a component draws that component again when it changes.
pub type Known = Signal<Arc<Snapshot>>;

/// The engine of this app.
#[must_use]
pub fn use_engine() -> Engine {
    use_context::<Engine>()
}

/// What the engine knows, within a page.
#[must_use]
pub fn use_known() -> Known {
    use_context::<Known>()
}

/// Whoever is signed in; `None` only in the moment of leaving.
#[must_use]
pub fn use_user() -> Option<UserSummary> {
    use_known().read().session.user().cloned()
}

/// The newest snapshot of `engine`; for the root of the app alone.
pub(crate) fn use_snapshots(engine: &Engine) -> Known {
    let mut known = use_signal(|| engine.snapshot());
    let snapshots = engine.snapshots();
    use_future(move || {
        let mut snapshots = snapshots.clone();
        async move {
            while snapshots.changed().await.is_ok() {
                let newest = snapshots.borrow_and_update().clone();
                known.set(newest);
            }
        }
    });
    known
}

/// The time, again every `every`: for clocks and countdowns.
#[must_use]
pub fn use_now(every: Duration) -> ReadSignal<Timestamp> {
    let clock = use_hook(|| Arc::new(SystemClock::default()));
    let mut now = use_signal(|| clock.now());
    use_future(move || {
        let clock = clock.clone();
        async move {
            let mut ticks = tokio::time::interval(every);
            // The first is at once, and that is the time one begins with.
            ticks.tick().await;
            loop {
                ticks.tick().await;
                now.set(clock.now());
            }
        }
    });
    now.into()
}
