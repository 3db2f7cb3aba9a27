//! The first screen comes with the page. It is drawn while the window opens, by the components and of the engine that draw it
//! afterwards: nobody looks at an empty window until page and process have found each other. `theme/first.js` hands it over.

use std::thread::{self, JoinHandle};
use std::time::Duration;

use tokio::runtime::Handle;

use crate::given::Given;

/// Longest wait for the engine: a window that is open has to show something, even if that is only that the app opens.
const PATIENCE: Duration = Duration::from_millis(100);

/// A first screen that is being drawn.
pub struct FirstScreen(JoinHandle<String>);

impl FirstScreen {
    /// Begins, on a thread of its own.
    pub fn begin(given: Given, runtime: Handle) -> Self {
        Self(thread::spawn(move || drawn(given, &runtime)))
    }

    /// The screen as HTML; empty when it could not be drawn, and then it comes as every later one.
    pub fn html(self) -> String {
        self.0.join().unwrap_or_default()
    }
}

fn drawn(given: Given, runtime: &Handle) -> String {
    let _within = runtime.enter();
    let opened = runtime.block_on(async { tokio::time::timeout(PATIENCE, given.opening.clone().wait()).await });
    if opened.is_err() {
        return String::new();
    }
    let mut dom = given.dom();
    dom.rebuild_in_place();
    dioxus_ssr::render(&dom)
}
