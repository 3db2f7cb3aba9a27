//! The admin app.

fn main() -> anyhow::Result<()> {
    rapi_app_shell::run(rapi_ui::App::Admin)
}
