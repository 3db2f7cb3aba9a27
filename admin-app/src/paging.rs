//! Lists that come page by page.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use dioxus::prelude::*;
use rapi_app_shell::hooks::{use_engine, use_known};
use rapi_core::wire::Page;
use rapi_engine::{ApiClient, Connection, Engine, EngineError};
use rapi_ui::desk::ListState;

/// How many items a page has: the most the backend gives.
pub const PAGE: u32 = 100;
/// How many items a file has at most.
const LONGEST_FILE: usize = 10_000;
/// How long somebody who types is left alone.
const PAUSE: Duration = Duration::from_millis(250);

type Answer<T> = Pin<Box<dyn Future<Output = Result<Page<T>, EngineError>>>>;
type Ask<Q, T> = Rc<dyn Fn(ApiClient, Q, Option<String>) -> Answer<T>>;

/// A list, as far as it has come. Copies are the same.
pub struct Paged<Q: 'static, T: 'static> {
    items: Signal<Vec<T>>,
    next: Signal<Option<String>>,
    is_here: Signal<bool>,
    is_coming: Signal<bool>,
    fault: Signal<Option<String>>,
    asked: Signal<u32>,
    filter: Memo<Q>,
    ask: Signal<Ask<Q, T>>,
    engine: Signal<Engine>,
}

impl<Q, T> Clone for Paged<Q, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Q, T> Copy for Paged<Q, T> {}

/// Asks for the list that `filter` describes, anew whenever that changes and when the connection comes back. `ask` gives the page
/// behind a cursor.
pub fn use_paged<Q, T, F>(filter: impl FnMut() -> Q + 'static, ask: impl Fn(ApiClient, Q, Option<String>) -> F + 'static) -> Paged<Q, T>
where
    Q: Clone + PartialEq + 'static,
    T: Clone + 'static,
    F: Future<Output = Result<Page<T>, EngineError>> + 'static,
{
    let (engine, known) = (use_engine(), use_known());
    let filter = use_memo(filter);
    let is_online = use_memo(move || known.read().connection == Connection::Online);
    let ask = use_signal(move || -> Ask<Q, T> { Rc::new(move |api, filter, cursor| -> Answer<T> { Box::pin(ask(api, filter, cursor)) }) });
    let mut list = Paged {
        items: use_signal(Vec::new),
        next: use_signal(|| None),
        is_here: use_signal(|| false),
        is_coming: use_signal(|| false),
        fault: use_signal(|| None),
        asked: use_signal(|| 0),
        filter,
        ask,
        engine: use_signal(|| engine),
    };
    let mut last = use_signal(|| None::<Q>);
    let _asking = use_resource(move || {
        let _ = (list.asked.read(), is_online.read());
        let filter = filter.read().clone();
        let is_same = last.peek().as_ref() == Some(&filter);
        last.set(Some(filter.clone()));
        // Asked for again, the list stays as long as it was.
        let many = if is_same { list.items.peek().len() } else { 0 };
        async move {
            match list.first(filter, many).await {
                Ok((items, next)) => {
                    list.items.set(items);
                    list.next.set(next);
                    list.is_here.set(true);
                    list.fault.set(None);
                }
                Err(error) => list.fault.set(Some(error.code().to_owned())),
            }
        }
    });
    list
}

impl<Q: Clone + PartialEq + 'static, T: Clone + 'static> Paged<Q, T> {
    /// What is here. Reading it within a component draws that component again when it changes.
    #[must_use]
    pub fn items(&self) -> ReadSignal<Vec<T>> {
        self.items.into()
    }

    /// How far it has come.
    #[must_use]
    pub fn state(&self) -> ListState {
        let is_here = *self.is_here.read();
        match (is_here, self.fault.read().as_ref()) {
            (false, Some(code)) => ListState::Failed(code.clone()),
            (false, None) => ListState::Loading,
            (true, _) if self.next.read().is_some() => ListState::More { coming: *self.is_coming.read() },
            (true, _) => ListState::Whole,
        }
    }

    /// Asks again for what is here.
    pub fn again(mut self) {
        let next = self.asked.peek().wrapping_add(1);
        self.asked.set(next);
    }

    /// Asks again, unless the list is long: for looking at it now and then.
    pub fn refresh(self) {
        if self.items.peek().len() <= PAGE as usize {
            self.again();
        }
    }

    /// Asks for the next page.
    pub fn more(mut self) {
        let Some(cursor) = self.next.peek().clone() else { return };
        if *self.is_coming.peek() {
            return;
        }
        self.is_coming.set(true);
        let filter = self.filter.peek().clone();
        spawn(async move {
            let answer = self.page(filter.clone(), Some(cursor.clone())).await;
            self.is_coming.set(false);
            let is_wanted = *self.filter.peek() == filter && *self.next.peek() == Some(cursor);
            match answer {
                Ok(page) if is_wanted => {
                    self.items.write().extend(page.items);
                    self.next.set(page.next_cursor);
                }
                Ok(_) => {}
                Err(error) => self.fault.set(Some(error.code().to_owned())),
            }
        });
    }

    /// Everything that the filter gives, for a file; at most ten thousand.
    ///
    /// # Errors
    /// Those of the calls behind it.
    pub async fn all(self) -> Result<Vec<T>, EngineError> {
        let filter = self.filter.peek().clone();
        self.first(filter, LONGEST_FILE).await.map(|(items, _)| items)
    }

    /// Page after page until there are `many`, and at least one page.
    async fn first(self, filter: Q, many: usize) -> Result<(Vec<T>, Option<String>), EngineError> {
        let (mut items, mut cursor) = (Vec::new(), None);
        loop {
            let page = self.page(filter.clone(), cursor).await?;
            items.extend(page.items);
            cursor = page.next_cursor;
            if cursor.is_none() || items.len() >= many {
                return Ok((items, cursor));
            }
        }
    }

    fn page(self, filter: Q, cursor: Option<String>) -> Answer<T> {
        let (ask, api) = (self.ask.peek().clone(), self.engine.peek().api());
        ask(api, filter, cursor)
    }
}

/// What somebody types, and what stands there once she pauses.
#[must_use]
pub fn use_settled_words(first: impl FnOnce() -> String + Clone + 'static) -> (Signal<String>, ReadSignal<String>) {
    let typed = use_signal(first.clone());
    let mut settled = use_signal(first);
    use_resource(move || {
        let words = typed.read().trim().to_owned();
        async move {
            if *settled.peek() != words {
                tokio::time::sleep(PAUSE).await;
                settled.set(words);
            }
        }
    });
    (typed, settled.into())
}

/// `words`, unless there are none.
#[must_use]
pub fn some(words: &str) -> Option<String> {
    Some(words.to_owned()).filter(|words| !words.is_empty())
}
