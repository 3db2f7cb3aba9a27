//! `rapi-backend`: serves, makes the first admin, proves the books.

use std::io::{IsTerminal as _, Read as _};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, bail};
use clap::{Args, Parser, Subcommand};
use rapi_backend::app::App;
use rapi_backend::platform::bus::NoBus;
use rapi_backend::platform::{SystemClock, fail_points};
use rapi_backend::settings::{Environment, Settings};
use rapi_backend::{payments, serve, users};
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

/// A request is some hundred small allocations on one thread and as many releases on another: where the system's allocator locks
/// and merges, this one does not.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// The server of Rapi.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve HTTP and MQTT until SIGTERM.
    Serve {
        #[command(flatten)]
        place: Place,
        /// HTTP address; port 0 picks one.
        #[arg(long)]
        http: Option<SocketAddr>,
        /// MQTT address; port 0 picks one.
        #[arg(long)]
        mqtt: Option<SocketAddr>,
        /// Address of MQTT over WebSocket; port 0 picks one.
        #[arg(long)]
        mqtt_ws: Option<SocketAddr>,
    },
    /// Manage admins.
    Admin {
        #[command(subcommand)]
        command: AdminCommand,
    },
    /// Prove the books: every journal sums to zero, every balance is what its lines add up to.
    CheckLedger {
        #[command(flatten)]
        place: Place,
    },
}

#[derive(Subcommand)]
enum AdminCommand {
    /// Make an admin; works while the backend runs.
    Create {
        #[command(flatten)]
        place: Place,
        /// The admin's e-mail address.
        #[arg(long)]
        email: String,
        /// Read the password from standard input.
        #[arg(long, required = true)]
        password_stdin: bool,
    },
}

#[derive(Args)]
struct Place {
    /// A settings file (TOML).
    #[arg(long)]
    config: Option<PathBuf>,
    /// Where files, keys and the embedded databases are.
    #[arg(long)]
    data_dir: Option<PathBuf>,
    /// `postgres://…` instead of the embedded SQLite.
    #[arg(long)]
    database: Option<String>,
}

impl Place {
    fn settings(self) -> anyhow::Result<Settings> {
        let mut settings = Settings::load(self.config.as_deref()).context("cannot read the settings")?;
        settings.data_dir = self.data_dir.unwrap_or(settings.data_dir);
        settings.database = self.database.or(settings.database);
        Ok(settings)
    }
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let cli = Cli::parse();
    match cli.command {
        Command::Serve { place, http, mqtt, mqtt_ws } => {
            let mut settings = place.settings()?;
            settings.http = http.unwrap_or(settings.http);
            settings.mqtt = mqtt.unwrap_or(settings.mqtt);
            settings.mqtt_ws = mqtt_ws.unwrap_or(settings.mqtt_ws);
            log(settings.env);
            fail_points::read_environment()?;
            serve(settings).await
        }
        Command::Admin { command: AdminCommand::Create { place, email, .. } } => create_admin(place.settings()?, &email).await,
        Command::CheckLedger { place } => check_ledger(place.settings()?).await,
    }
}

/// Logs go to stderr; `RAPI_LOG` filters them.
fn log(env: Environment) {
    let filter = EnvFilter::try_from_env("RAPI_LOG").unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,sea_orm_migration=warn,mqtt5=warn"));
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if env == Environment::Production {
        logs.json().init();
    } else {
        logs.with_ansi(std::io::stderr().is_terminal()).init();
    }
}

#[expect(clippy::print_stdout, reason = "the one line that says where the backend serves")]
async fn serve(settings: Settings) -> anyhow::Result<()> {
    let running = serve::start(settings, Arc::new(SystemClock)).await?;
    let ready = serde_json::json!({
        "ready": true,
        "http": format!("http://{}", running.http),
        "mqtt": running.mqtt.to_string(),
        "mqtt_ws": format!("ws://{}/mqtt", running.mqtt_ws),
    });
    println!("{ready}");
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = terminate.recv() => {}
        result = tokio::signal::ctrl_c() => result?,
    }
    tracing::info!("stopping");
    running.stop().await;
    Ok(())
}

async fn create_admin(settings: Settings, email: &str) -> anyhow::Result<()> {
    let mut password = String::new();
    std::io::stdin().read_to_string(&mut password).context("cannot read the password")?;
    let app = App::open(settings, Arc::new(SystemClock), Arc::new(NoBus)).await?;
    users::service::create_admin(&app, email, &password.trim_end_matches(['\r', '\n']).into()).await.context("cannot make the admin")?;
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the result is what was asked for")]
async fn check_ledger(settings: Settings) -> anyhow::Result<()> {
    let app = App::open(settings, Arc::new(SystemClock), Arc::new(NoBus)).await?;
    let result = payments::service::check_ledger(&app.db.snapshot().await?).await?;
    println!("{}", serde_json::to_string_pretty(&result)?);
    if !result.is_balanced {
        bail!("the books do not balance");
    }
    Ok(())
}
