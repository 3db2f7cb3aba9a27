//! Long lists come page by page.

use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;

use dioxus::prelude::*;
use rapi_core::wire::Page;
use rapi_engine::{ApiClient, Connection, EngineError};

use super::{use_engine, use_known};

/// A list as far as it was asked for. Copies are the same.
pub struct Paged<T: 'static> {
    items: Signal<Option<Vec<T>>>,
    next: Signal<Option<String>>,
    fault: Signal<Option<String>>,
    asked: Signal<u32>,
    more: Callback,
}

impl<T> Clone for Paged<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Paged<T> {}

impl<T: Clone + 'static> Paged<T> {
    /// What is here so far; nothing before the first page is.
    #[must_use]
    pub fn items(&self) -> Option<Vec<T>> {
        self.items.read().clone()
    }

    /// Is there more?
    #[must_use]
    pub fn has_more(&self) -> bool {
        self.next.read().is_some()
    }

    /// The stable code of why the last page did not come.
    #[must_use]
    pub fn fault(&self) -> Option<String> {
        self.fault.read().clone()
    }

    /// Asks for the next page, if there is one and it is not asked for already.
    pub fn more(&self) {
        self.more.call(());
    }

    /// Asks for everything anew.
    pub fn again(&mut self) {
        let next = self.asked.peek().wrapping_add(1);
        self.asked.set(next);
    }
}

/// Asks by `fetch` for the first page now, and anew whenever a signal changes that `fetch` reads before it awaits or the
/// connection comes back; for a page behind a cursor when [`Paged::more`] is wanted.
pub fn use_paged<T, F>(fetch: impl FnMut(ApiClient, Option<String>) -> F + 'static) -> Paged<T>
where
    T: Clone + 'static,
    F: Future<Output = Result<Page<T>, EngineError>> + 'static,
{
    let (engine, known) = (use_engine(), use_known());
    let (mut items, mut next) = (use_signal(|| None::<Vec<T>>), use_signal(|| None::<String>));
    let (mut fault, asked, mut asking) = (use_signal(|| None::<String>), use_signal(|| 0u32), use_signal(|| false));
    let is_online = use_memo(move || known.read().connection == Connection::Online);
    let fetch = use_hook(|| Rc::new(RefCell::new(fetch)));
    let (first, api) = (fetch.clone(), engine.clone());
    use_resource(move || {
        let _ = (asked.read(), is_online.read());
        let answer = (first.borrow_mut())(api.api(), None);
        async move {
            match answer.await {
                Ok(page) => {
                    items.set(Some(page.items));
                    next.set(page.next_cursor);
                    fault.set(None);
                }
                Err(error) => fault.set(Some(error.code().to_owned())),
            }
        }
    });
    // Not a resource: what the first page depends on must not ask for a later one again.
    let more = use_callback(move |()| {
        let Some(cursor) = next.peek().clone().filter(|_| !*asking.peek()) else { return };
        asking.set(true);
        let answer = (fetch.borrow_mut())(engine.api(), Some(cursor.clone()));
        spawn(async move {
            let answer = answer.await;
            asking.set(false);
            // A list that began anew meanwhile goes on elsewhere.
            if next.peek().as_ref() != Some(&cursor) {
                return;
            }
            match answer {
                Ok(page) => {
                    items.write().get_or_insert_default().extend(page.items);
                    next.set(page.next_cursor);
                    fault.set(None);
                }
                Err(error) => fault.set(Some(error.code().to_owned())),
            }
        });
    });
    Paged { items, next, fault, asked, more }
}
