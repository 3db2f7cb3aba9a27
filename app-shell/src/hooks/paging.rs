//! Long lists come page by page.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use dioxus::prelude::*;
use rapi_core::wire::Page;
use rapi_engine::{ApiClient, Connection, EngineError};
use rapi_ui::controls::ListState;

use super::{use_engine, use_known};

type Answer<T> = Pin<Box<dyn Future<Output = Result<Page<T>, EngineError>>>>;
/// Gives the page behind a cursor.
type Ask<T> = Rc<dyn Fn(Option<String>) -> Answer<T>>;

/// A list, as far as it has come. Copies are the same.
pub struct Paged<T: 'static> {
    items: Signal<Vec<T>>,
    next: Signal<Option<String>>,
    is_here: Signal<bool>,
    is_coming: Signal<bool>,
    /// Why the list did not come.
    fault: Signal<Option<String>>,
    /// Why its next page did not come.
    stuck: Signal<Option<String>>,
    asked: Signal<u32>,
    /// Grows whenever the list begins anew.
    turn: Signal<u32>,
    ask: Signal<Ask<T>>,
}

impl<T> Clone for Paged<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Paged<T> {}

/// Asks for the list that `filter` describes: now, and anew when that changes, when a signal changes that `ask` reads before it
/// awaits, and when the connection comes back. `ask` gives the page behind a cursor.
pub fn use_paged<Q, T, F>(filter: impl FnMut() -> Q + 'static, ask: impl Fn(ApiClient, Q, Option<String>) -> F + 'static) -> Paged<T>
where
    Q: Clone + PartialEq + 'static,
    T: Clone + 'static,
    F: Future<Output = Result<Page<T>, EngineError>> + 'static,
{
    let (engine, known) = (use_engine(), use_known());
    let filter = use_memo(filter);
    let is_online = use_memo(move || known.read().connection == Connection::Online);
    let list = Paged {
        items: use_signal(Vec::new),
        next: use_signal(|| None),
        is_here: use_signal(|| false),
        is_coming: use_signal(|| false),
        fault: use_signal(|| None),
        stuck: use_signal(|| None),
        asked: use_signal(|| 0),
        turn: use_signal(|| 0),
        ask: use_signal(move || -> Ask<T> {
            Rc::new(move |cursor| Box::pin(ask(engine.api().recalling(), filter.peek().clone(), cursor)))
        }),
    };
    let mut last = use_signal(|| None::<Q>);
    let _asking = use_resource(move || {
        let _ = (list.asked.read(), is_online.read());
        let filter = filter.read().clone();
        let is_same = last.peek().as_ref() == Some(&filter);
        last.set(Some(filter));
        list.begin(is_same)
    });
    list
}

impl<T: Clone + 'static> Paged<T> {
    /// What is here. Reading it within a component draws that component again when it changes.
    #[must_use]
    pub fn items(&self) -> ReadSignal<Vec<T>> {
        self.items.into()
    }

    /// What is here; nothing before the first page is.
    #[must_use]
    pub fn here(&self) -> Option<Vec<T>> {
        self.is_here.read().then(|| self.items.read().clone())
    }

    /// How far it has come.
    #[must_use]
    pub fn state(&self) -> ListState {
        if !*self.is_here.read() {
            return self.fault.read().clone().map_or(ListState::Loading, ListState::Failed);
        }
        match (self.next.read().is_some(), self.stuck.read().as_ref()) {
            (false, _) => ListState::Whole,
            (true, Some(code)) => ListState::Stuck(code.clone()),
            (true, None) => ListState::More { coming: *self.is_coming.read() },
        }
    }

    /// Asks again for what is here.
    pub fn again(mut self) {
        let next = self.asked.peek().wrapping_add(1);
        self.asked.set(next);
    }

    /// Asks for the next page, if there is one and it is not asked for already.
    pub fn more(mut self) {
        let Some(cursor) = self.next.peek().clone().filter(|_| !*self.is_coming.peek()) else { return };
        self.is_coming.set(true);
        self.stuck.set(None);
        let (turn, answer) = (*self.turn.peek(), self.page(Some(cursor)));
        spawn(async move {
            let answer = answer.await;
            // A list that began anew meanwhile goes on elsewhere.
            if *self.turn.peek() != turn {
                return;
            }
            self.is_coming.set(false);
            match answer {
                Ok(page) => {
                    self.items.write().extend(page.items);
                    self.next.set(page.next_cursor);
                }
                Err(error) => self.stuck.set(Some(error.code().to_owned())),
            }
        });
    }

    /// The list from its beginning, at least as far as `many` items go, if there are so many.
    ///
    /// # Errors
    /// Those of the calls behind it.
    pub async fn first(self, many: usize) -> Result<Vec<T>, EngineError> {
        self.pages(self.page(None), many).await.map(|(items, _)| items)
    }

    /// Asks for the list from its beginning; what another filter gave is not shown under this one, unless it `is_same`.
    fn begin(mut self, is_same: bool) -> impl Future<Output = ()> {
        let turn = self.turn.peek().wrapping_add(1);
        self.turn.set(turn);
        self.is_coming.set(false);
        if !is_same {
            // Where the other list goes on is nowhere in this one.
            self.next.set(None);
        }
        // Asked for again, the list stays as long as it was.
        let many = if is_same { self.items.peek().len() } else { 0 };
        // Asked for here, and not when this is awaited, so that it is noticed which signals are read.
        let answer = self.page(None);
        async move {
            match self.pages(answer, many).await {
                Ok((items, next)) => {
                    self.items.set(items);
                    self.next.set(next);
                    self.is_here.set(true);
                    self.fault.set(None);
                    self.stuck.set(None);
                }
                Err(error) => {
                    if !is_same {
                        self.is_here.set(false);
                        self.items.set(Vec::new());
                    }
                    self.fault.set(Some(error.code().to_owned()));
                }
            }
        }
    }

    /// Page after page from the `first` one on, until there are `many` items, and the cursor behind them.
    async fn pages(self, first: Answer<T>, many: usize) -> Result<(Vec<T>, Option<String>), EngineError> {
        let Page { mut items, next_cursor: mut cursor, .. } = first.await?;
        while items.len() < many
            && let Some(next) = cursor
        {
            let page = self.page(Some(next)).await?;
            items.extend(page.items);
            cursor = page.next_cursor;
        }
        Ok((items, cursor))
    }

    fn page(self, cursor: Option<String>) -> Answer<T> {
        let ask = self.ask.peek().clone();
        ask(cursor)
    }
}

#[cfg(test)]
mod tests;
