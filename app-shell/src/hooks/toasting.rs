//! Toasts: what is said in passing, and every refusal of the backend.

use std::time::Duration;

use dioxus::prelude::*;
use rapi_ui::controls::{Toast, Toasts, Tone};
use rapi_ui::text::text;

use super::use_known;

/// How long a toast stays.
const STAYS: Duration = Duration::from_secs(6);

/// Says things in passing. Copies are the same.
#[derive(Clone, Copy)]
pub struct Toaster(Signal<Vec<Toast>>);

/// Within a page.
#[must_use]
pub fn use_toaster() -> Toaster {
    use_context::<Toaster>()
}

impl Toaster {
    /// For the root of the app alone.
    pub(crate) fn provide() -> Self {
        let toasts = use_signal(Vec::new);
        use_context_provider(|| Self(toasts))
    }

    /// Says `text`, for a while.
    pub fn say(mut self, tone: Tone, text: String) {
        if self.0.peek().iter().any(|toast| toast.text == text) {
            return;
        }
        let id = self.0.peek().last().map_or(1, |toast| toast.id + 1);
        self.0.write().push(Toast { id, tone, text });
        // The root outlives every page: a toast goes also when the page that said it has gone.
        dioxus::core::spawn_forever(async move {
            tokio::time::sleep(STAYS).await;
            self.close(id);
        });
    }

    fn close(mut self, id: u64) {
        self.0.write().retain(|toast| toast.id != id);
    }
}

/// Draws the toasts, and says every refusal once.
#[component]
pub fn ToasterRoot() -> Element {
    let (toaster, known, text) = (use_toaster(), use_known(), text());
    let mut said = use_signal(|| known.peek().refused.last().map(|refused| refused.key));
    use_effect(move || {
        let known = known.read();
        let last = *said.peek();
        let news =
            known.refused.iter().skip(last.and_then(|key| known.refused.iter().position(|one| one.key == key)).map_or(0, |at| at + 1));
        for refused in news {
            toaster.say(Tone::Bad, text.problem(&refused.code));
        }
        if let Some(newest) = known.refused.last() {
            said.set(Some(newest.key));
        }
    });
    rsx! { Toasts { toasts: toaster.0.read().clone(), on_close: move |id| toaster.close(id) } }
}
