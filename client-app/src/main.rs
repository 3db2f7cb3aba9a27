//! The client app: its pages and the ways between them. A page asks the engine for what its screen shows, and does what is asked.

mod pages;
mod route;

fn main() -> anyhow::Result<()> {
    rapi_app_shell::run(rapi_ui::App::Client, include_bytes!("../icons/app-128.png"), route::inside)
}
