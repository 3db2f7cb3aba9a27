//! The lists of the desk: how long their pages are, and looking for words in them.

use std::time::Duration;

use dioxus::prelude::*;
use rapi_app_shell::hooks::Paged;
use rapi_core::Timestamp;

/// How many items a page has: the most the backend gives.
pub const PAGE: u32 = 100;
/// How many items a file has at most.
pub const LONGEST_FILE: usize = 10_000;
/// How long somebody who types is left alone.
const PAUSE: Duration = Duration::from_millis(250);

/// Looks at `list` again with every turn of `now`, unless it is long. It has just been asked for when the page opens.
pub fn use_refreshed<T: Clone + 'static>(list: Paged<T>, now: ReadSignal<Timestamp>) {
    let opened = use_hook(|| *now.peek());
    use_effect(move || {
        if *now.read() != opened && list.items().peek().len() <= PAGE as usize {
            list.again();
        }
    });
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
