//! The provider app: a window on the engine.
//!
//! The screens are those of `rapi-ui`, what they show and do is the engine's; nothing is decided here.

mod args;
mod home;
mod session;

use anyhow::Context as _;
use clap::Parser as _;
use dioxus::LaunchBuilder;
use dioxus::desktop::{Config, LogicalSize, WindowBuilder};
use rapi_ui::{App, theme};

use args::Args;
use home::Home;

/// Which app this is.
const APP: App = App::Provider;

fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    let home = Home::open(args.data_dir()?).context("the data folder cannot be used")?;
    let runtime = tokio::runtime::Runtime::new()?;
    let engine = runtime.block_on(session::open(&args.api, &home))?;
    // The window runs on this thread until it is closed, and the process ends with it: what matters is on disk by then.
    let _within = runtime.enter();
    LaunchBuilder::new().with_cfg(config()).with_context(home).with_context(engine).launch(session::Session);
    Ok(())
}

fn config() -> Config {
    let (width, height) = APP.window();
    let window = WindowBuilder::new().with_title(APP.title()).with_inner_size(LogicalSize::new(width, height)).with_always_on_top(false);
    Config::new().with_window(window).with_menu(None).with_custom_index(theme::page(APP))
}
