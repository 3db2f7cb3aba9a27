//! The backend that is measured: its data folder, filled before it starts, and the program as it is released.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result};
use rapi_backend::app::{App, AppState};
use rapi_backend::platform::SystemClock;
use rapi_backend::platform::bus::NoBus;
use rapi_backend::settings::Settings;
use serde_json::Value;

use crate::command;
use crate::server::Server;

/// Where a backend keeps what it knows.
#[derive(Clone)]
pub struct Place {
    /// Its data folder.
    pub folder: PathBuf,
    /// Its database, when that is not in the folder.
    pub database: Option<String>,
}

impl Place {
    /// Opens it, with the schema up to date, to be filled.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub async fn open(&self) -> Result<AppState> {
        let settings = Settings { data_dir: self.folder.clone(), database: self.database.clone(), ..Settings::default() };
        App::open(settings, Arc::new(SystemClock), Arc::new(NoBus)).await
    }

    /// Lets go of it.
    ///
    /// # Errors
    /// When it does not close well.
    pub async fn close(app: AppState) -> Result<()> {
        for db in [app.db.clone(), app.history.clone()] {
            db.close().await?;
        }
        Ok(())
    }
}

/// A serving backend.
pub struct Backend {
    /// Its process.
    pub server: Server,
    /// Where it serves HTTP, as `address:port`.
    pub http: String,
    /// Where it serves MQTT.
    pub mqtt: String,
}

impl Backend {
    /// Starts `program` on `place`.
    ///
    /// # Errors
    /// When it does not come to serve.
    pub fn start(program: &Path, place: &Place, settings: &[(&str, &str)]) -> Result<Self> {
        let mut line = command!["env"];
        line.extend(settings.iter().map(|(name, value)| format!("{name}={value}").into()));
        line.extend(command![program, "serve", "--data-dir", &place.folder, "--http", "127.0.0.1:0", "--mqtt", "127.0.0.1:0"]);
        if let Some(database) = &place.database {
            line.extend(command!["--database", database]);
        }
        let mut server = Server::start("rapi-backend", line, &place.folder)?;
        let (http, mqtt) = addresses(&server.first_line()?)?;
        Ok(Self { server, http, mqtt: mqtt.context("no MQTT")? })
    }
}

/// Starts `rapi-bench hello`.
///
/// # Errors
/// When it does not come to serve.
pub fn hello(folder: &Path) -> Result<(Server, String)> {
    let mut server = Server::start("hello", command![std::env::current_exe()?, "hello"], folder)?;
    let (http, _) = addresses(&server.first_line()?)?;
    Ok((server, http))
}

fn addresses(line: &str) -> Result<(String, Option<String>)> {
    let said: Value = serde_json::from_str(line).with_context(|| format!("it said {line:?}"))?;
    let http = said["http"].as_str().and_then(|url| url.strip_prefix("http://")).context("no address")?;
    Ok((http.to_owned(), said["mqtt"].as_str().map(str::to_owned)))
}
