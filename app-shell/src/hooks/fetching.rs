//! What the engine does not keep is asked for when a page is opened, and again when what it stands on moves.

use std::future::Future;

use dioxus::prelude::*;
use rapi_engine::{ApiClient, Connection, EngineError};

use super::{use_engine, use_known};

/// What a page asked for. Copies are the same.
pub struct Fetched<T: 'static> {
    kept: Signal<Option<T>>,
    fault: Signal<Option<String>>,
    asked: Signal<u32>,
}

impl<T> Clone for Fetched<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Fetched<T> {}

impl<T: Clone + 'static> Fetched<T> {
    /// The newest answer, also while it is asked for anew or cannot be had at the moment.
    #[must_use]
    pub fn ready(&self) -> Option<T> {
        self.kept.read().clone()
    }

    /// The stable code of why there is no newer answer.
    #[must_use]
    pub fn fault(&self) -> Option<String> {
        self.fault.read().clone()
    }

    /// Asks again.
    pub fn again(&mut self) {
        let next = self.asked.peek().wrapping_add(1);
        self.asked.set(next);
    }

    /// Changes what is shown, ahead of the next answer.
    pub fn set(&mut self, value: T) {
        self.kept.set(Some(value));
    }
}

/// Asks by `fetch` now, again whenever a signal changes that `fetch` reads before it awaits, when the connection comes back, and
/// when told to. A good answer is shown until a newer one is there.
pub fn use_fetched<T, F>(mut fetch: impl FnMut(ApiClient) -> F + 'static) -> Fetched<T>
where
    T: Clone + 'static,
    F: Future<Output = Result<T, EngineError>> + 'static,
{
    let (engine, known) = (use_engine(), use_known());
    let (mut kept, mut fault, asked) = (use_signal(|| None::<T>), use_signal(|| None::<String>), use_signal(|| 0u32));
    let is_online = use_memo(move || known.read().connection == Connection::Online);
    let _asking = use_resource(move || {
        let _ = (asked.read(), is_online.read());
        let answer = fetch(engine.api().recalling());
        async move {
            match answer.await {
                Ok(value) => {
                    kept.set(Some(value));
                    fault.set(None);
                }
                Err(error) => fault.set(Some(error.code().to_owned())),
            }
        }
    });
    Fetched { kept, fault, asked }
}
