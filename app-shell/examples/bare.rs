//! An empty window with a page of one button: what the window itself takes, by which the apps are measured.
//!
//! The same libraries draw it as draw the apps. Its argument is its size in logical pixels, as the apps have it.

use dioxus::desktop::tao::dpi::LogicalSize;
use dioxus::desktop::tao::event::{Event, WindowEvent};
use dioxus::desktop::tao::event_loop::{ControlFlow, EventLoop};
use dioxus::desktop::tao::window::WindowBuilder;
use dioxus::desktop::wry::WebViewBuilder;

const PAGE: &str = "<!DOCTYPE html><title>Bare</title><div id=\"main\"><button>Masuk</button></div>";

fn main() -> anyhow::Result<()> {
    let size = std::env::args().nth(1).unwrap_or_else(|| "390x780".to_owned());
    let (width, height) = size.split_once('x').ok_or_else(|| anyhow::anyhow!("give width and height, with an x between"))?;
    let size = LogicalSize::new(width.parse::<u32>()?, height.parse::<u32>()?);
    let events = EventLoop::new();
    let window = WindowBuilder::new().with_title("Bare").with_inner_size(size).build(&events)?;
    let view = WebViewBuilder::new().with_html(PAGE);
    #[cfg(target_os = "linux")]
    let view = {
        use dioxus::desktop::tao::platform::unix::WindowExtUnix as _;
        use dioxus::desktop::wry::WebViewBuilderExtUnix as _;
        view.build_gtk(window.default_vbox().ok_or_else(|| anyhow::anyhow!("the window has no place for a page"))?)?
    };
    #[cfg(not(target_os = "linux"))]
    let view = view.build(&window)?;
    events.run(move |event, _, flow| {
        // Both live as long as the loop.
        let _kept = (&window, &view);
        let is_closed = matches!(event, Event::WindowEvent { event: WindowEvent::CloseRequested, .. });
        *flow = if is_closed { ControlFlow::Exit } else { ControlFlow::Wait };
    })
}
