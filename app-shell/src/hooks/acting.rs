//! Asking for something and saying what became of it.

use std::future::Future;

use dioxus::prelude::*;
use rapi_engine::{Engine, EngineError, Intent};
use rapi_ui::controls::Tone;
use rapi_ui::text::text;
use serde_json::Value;

use super::{Toaster, use_engine, use_toaster};

/// One thing at a time that a page does. Copies are the same.
#[derive(Clone, Copy)]
pub struct Acting {
    engine: Signal<Engine>,
    toaster: Toaster,
    busy: Signal<bool>,
    fault: Signal<Option<String>>,
}

/// For a button or a form: see [`Acting`].
#[must_use]
pub fn use_acting() -> Acting {
    let engine = use_engine();
    Acting { engine: use_signal(|| engine), toaster: use_toaster(), busy: use_signal(|| false), fault: use_signal(|| None) }
}

impl Acting {
    /// Is an answer awaited?
    #[must_use]
    pub fn busy(&self) -> bool {
        *self.busy.read()
    }

    /// The stable code of why it was refused last; forgotten when it is asked for again.
    #[must_use]
    pub fn fault(&self) -> Option<String> {
        self.fault.read().clone()
    }

    /// Submits `intent` and does `then` with the backend's answer. A refusal is said by the app's root, as every one is; it
    /// also stands in [`Acting::fault`].
    pub fn perform(self, intent: Intent, then: impl FnOnce(Value) + 'static) {
        let engine = self.engine.peek().clone();
        self.run(async move { engine.perform(intent).await }, then);
    }

    /// Takes `intent` in and goes on at once: it is sent as soon as there is a network. For what the screen forecasts by itself.
    pub fn submit(self, intent: Intent) {
        let engine = self.engine.peek().clone();
        self.run(async move { engine.submit(intent).await }, |_| {});
    }

    /// Awaits `call` and does `then` with its answer; an error is said in a toast and stands in [`Acting::fault`].
    pub fn call<T: 'static>(self, call: impl Future<Output = Result<T, EngineError>> + 'static, then: impl FnOnce(T) + 'static) {
        self.run(call, then);
    }

    fn run<T: 'static>(mut self, call: impl Future<Output = Result<T, EngineError>> + 'static, then: impl FnOnce(T) + 'static) {
        if *self.busy.peek() {
            return;
        }
        self.busy.set(true);
        self.fault.set(None);
        let text = text();
        spawn(async move {
            let answer = call.await;
            self.busy.set(false);
            match answer {
                Ok(value) => then(value),
                Err(error) => {
                    // Refused intents are listed in the snapshot, from where they are said once.
                    if !matches!(error, EngineError::Refused { .. }) {
                        self.toaster.say(Tone::Bad, text.problem(error.code()));
                    }
                    self.fault.set(Some(error.code().to_owned()));
                }
            }
        });
    }
}
