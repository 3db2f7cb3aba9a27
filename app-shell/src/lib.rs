//! What the three apps share: a window on the engine, the hooks by which pages use it, and the pages that all have.
//!
//! The screens are those of `rapi-ui`, what they show and do is the engine's; nothing is decided here.

mod args;
mod finding;
mod first_screen;
mod given;
mod home;
pub mod hooks;
mod key_store;
mod lettering;
mod opening;
pub mod pages;
mod receiver;
mod serving;
mod session;
mod speaking;

use std::rc::Rc;
use std::sync::Arc;

use anyhow::Context as _;
use dioxus::desktop::tao::event_loop::EventLoopBuilder;
use dioxus::desktop::{Config, LogicalSize, WindowBuilder, icon_from_memory};
use dioxus::history::{History, MemoryHistory};
use dioxus::prelude::Element;
use rapi_engine::{Geocoder, Nominatim};
use rapi_ui::{App, theme};

use args::Args;
use finding::Service;
use first_screen::FirstScreen;
use given::Given;
use home::Home;
use opening::Opening;
pub use receiver::Receiver;
pub use speaking::Speaking;

/// What stands inside an app: its router.
#[derive(Clone, Copy)]
struct Inside(fn() -> Element);

/// Where the app begins.
#[derive(Clone)]
struct Start(String);

impl Start {
    /// The way that was walked in the app, from here on.
    fn history(&self) -> Rc<dyn History> {
        Rc::new(MemoryHistory::with_initial_path(self.0.clone()))
    }
}

/// Runs `app` in a window that bears `icon`, a PNG, until it is closed; whoever is signed in sees `inside`. The process ends when
/// the engine cannot be opened.
///
/// # Errors
/// When its data folder cannot be used, or `icon` is none.
pub fn run(app: App, icon: &[u8], inside: fn() -> Element) -> anyhow::Result<()> {
    let args = Args::of(app);
    let home = Home::open(args.data_dir(app)?).context("the data folder cannot be used")?;
    let runtime = tokio::runtime::Runtime::new()?;
    let geocoder = args.geocoder_url.as_deref().map(Nominatim::try_new).transpose()?;
    let service = Service(geocoder.map(|geocoder| Arc::new(geocoder) as Arc<dyn Geocoder>));
    // The window runs on this thread until it is closed, and the process ends with it: what matters is on disk by then.
    let _within = runtime.enter();
    let (start, tiles) = (Start(args.route()), args.tiles());
    let (width, height) = args.window.unwrap_or_else(|| app.window());
    let opening = Opening::begin(app, args, home.clone());
    let given = Given { app, start, speaking: Speaking::new(home), opening, service, inside: Inside(inside) };
    let first = FirstScreen::begin(given.clone(), runtime.handle().clone());
    // The system's part of a window takes its time, too.
    let events = EventLoopBuilder::with_user_event().build();
    lettering::keep_shapes();
    let window = WindowBuilder::new().with_title(app.title()).with_inner_size(LogicalSize::new(width, height)).with_always_on_top(false);
    let window = window.with_window_icon(Some(icon_from_memory(icon)?));
    let page = theme::page(app, tiles.as_ref(), &first.html());
    let config = Config::new().with_event_loop(events).with_window(window).with_menu(None).with_custom_index(page);
    dioxus::desktop::launch::launch_virtual_dom(given.dom(), config)
}
