//! Lists that come in pages.

use std::future::Future;

use dioxus::prelude::*;
use rapi_core::wire::Page;
use rapi_engine::{ApiClient, EngineError};

use super::{Fetched, use_engine, use_fetched};

/// A list of which more is asked for as it is read. Copies are the same.
pub struct Paged<T: 'static> {
    first: Fetched<Page<T>>,
    more: Signal<Vec<T>>,
    next: Signal<Option<String>>,
}

impl<T> Clone for Paged<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Paged<T> {}

impl<T: Clone + 'static> Paged<T> {
    /// What is here so far; `None` before the first page.
    #[must_use]
    pub fn ready(&self) -> Option<Vec<T>> {
        self.first.ready().map(|page| page.items.into_iter().chain(self.more.read().iter().cloned()).collect())
    }

    /// The stable code of why there is nothing newer.
    #[must_use]
    pub fn fault(&self) -> Option<String> {
        self.first.fault()
    }

    /// Is there more to ask for?
    #[must_use]
    pub fn has_more(&self) -> bool {
        self.next.read().is_some()
    }

    /// From the first page again.
    pub fn again(&mut self) {
        self.first.again();
    }
}

/// Asks for the first page as [`use_fetched`] does, and for the next ones by [`Paged`] and the function that comes with it.
pub fn use_paged<T, F>(mut fetch: impl FnMut(ApiClient, Option<String>) -> F + Clone + 'static) -> (Paged<T>, Callback)
where
    T: Clone + 'static,
    F: Future<Output = Result<Page<T>, EngineError>> + 'static,
{
    let engine = use_engine();
    let mut later = fetch.clone();
    let first = use_fetched(move |api| fetch(api, None));
    let (mut more, mut next, mut asking) = (use_signal(Vec::new), use_signal(|| None::<String>), use_signal(|| false));
    // A new first page begins the list anew.
    use_effect(move || {
        let cursor = first.ready().and_then(|page| page.next_cursor);
        more.write().clear();
        next.set(cursor);
    });
    let ask = use_callback(move |()| {
        let Some(cursor) = next.peek().clone().filter(|_| !*asking.peek()) else { return };
        asking.set(true);
        let answer = later(engine.api(), Some(cursor.clone()));
        spawn(async move {
            if let Ok(page) = answer.await
                && next.peek().as_ref() == Some(&cursor)
            {
                more.write().extend(page.items);
                next.set(page.next_cursor);
            }
            asking.set(false);
        });
    });
    (Paged { first, more, next }, ask)
}
