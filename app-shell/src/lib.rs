//! What the three apps share: a window on the engine.
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

/// Runs `app` in a window until it is closed.
///
/// # Errors
/// When its data folder cannot be used or its engine cannot be opened.
pub fn run(app: App) -> anyhow::Result<()> {
    let args = Args::parse();
    let home = Home::open(args.data_dir(app)?).context("the data folder cannot be used")?;
    let runtime = tokio::runtime::Runtime::new()?;
    let engine = runtime.block_on(session::open(app, &args.api, &home))?;
    // The window runs on this thread until it is closed, and the process ends with it: what matters is on disk by then.
    let _within = runtime.enter();
    LaunchBuilder::new().with_cfg(config(app)).with_context(app).with_context(home).with_context(engine).launch(session::Session);
    Ok(())
}

fn config(app: App) -> Config {
    let (width, height) = app.window();
    let window = WindowBuilder::new().with_title(app.title()).with_inner_size(LogicalSize::new(width, height)).with_always_on_top(false);
    Config::new().with_window(window).with_menu(None).with_custom_index(theme::page(app))
}
