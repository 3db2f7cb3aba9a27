//! What every handler and worker is given.

use std::net::SocketAddr;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use anyhow::Context;
use rapi_core::Timestamp;
use sea_orm_migration::{MigrationTrait, MigratorTrait};
use tokio::sync::Semaphore;

use crate::location::{Intake, Nearby, Shown};
use crate::metrics::Requests;
use crate::notifications::Templates;
use crate::orders::{Categories, Roster, Sheets, Turns};
use crate::platform::bus::Bus;
use crate::platform::clock::Clock;
use crate::platform::db::{Db, Durability};
use crate::platform::files::Files;
use crate::platform::ids::{IdGen, random};
use crate::platform::messages::{FileMessenger, Messenger};
use crate::platform::schema::{self, PlatformMigrations};
use crate::platform::vault::{Vault, hex};
use crate::settings::Settings;
use crate::users::callers::Callers;
use crate::users::people::People;
use crate::users::tokens::TokenKeys;
use crate::{communication, location, notifications, orders, payments, timer, users};

/// The backend's parts. Cheap to clone as [`AppState`].
pub struct App {
    /// Settings.
    pub settings: Settings,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// New ids.
    pub ids: IdGen,
    /// Orders, money, people.
    pub db: Db,
    /// Where providers have been: a second file on SQLite, the same database on PostgreSQL.
    pub history: Db,
    /// Secrets at rest.
    pub vault: Vault,
    /// Signs and checks access tokens.
    pub keys: TokenKeys,
    /// Uploaded files.
    pub files: Files,
    /// Mail and SMS.
    pub messenger: Arc<dyn Messenger>,
    /// Connected apps.
    pub bus: Arc<dyn Bus>,
    /// Who is where.
    pub nearby: Nearby,
    /// Positions on their way in.
    pub intake: Intake,
    /// Positions that are not in what clients look at yet.
    pub shown: Arc<Shown>,
    /// What is known of providers.
    pub roster: Roster,
    /// Whose turn it is to take an order.
    pub accepts: Turns,
    /// Orders people are looking at.
    pub sheets: Sheets,
    /// What others see of people.
    pub people: People,
    /// What orders are called.
    pub categories: Categories,
    /// What notices say.
    pub templates: Templates,
    /// Who is signed in with which token.
    pub callers: Callers,
    /// What was answered.
    pub requests: Requests,
    /// Room for password hashes.
    pub hash_slots: Semaphore,
    /// Where phones find the MQTT broker, once it listens.
    pub addresses: OnceLock<Addresses>,
}

/// Where phones find the MQTT broker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Addresses {
    /// Over TCP.
    pub mqtt: SocketAddr,
    /// Over WebSocket.
    pub mqtt_ws: SocketAddr,
}

/// A shared [`App`].
pub type AppState = Arc<App>;

impl App {
    /// Now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Opens databases, keys and files below the data folder and brings the schema up to date.
    ///
    /// # Errors
    /// When something cannot be opened; says what.
    pub async fn open(settings: Settings, clock: Arc<dyn Clock>, bus: Arc<dyn Bus>) -> anyhow::Result<AppState> {
        settings.check_environment()?;
        let dir = settings.data_dir.clone();
        // What is in it is nobody else's business on this machine.
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&dir)
            .with_context(|| format!("cannot make the data folder {}", dir.display()))?;
        let (db, history) = open_databases(&settings).await?;
        let ids = IdGen::new(Arc::clone(&clock));
        let app = Self {
            vault: Vault::new(secret_file(&dir.join("keys/vault.key"))?),
            keys: TokenKeys::try_new(secret_file(&dir.join("keys/access-token.key"))?)?,
            files: Files::in_folder(&dir.join("files"))?,
            messenger: Arc::new(FileMessenger::new(dir.join("outbox"))),
            nearby: Nearby::default(),
            intake: Intake::default(),
            shown: Arc::default(),
            roster: Roster::default(),
            accepts: Turns::default(),
            sheets: Sheets::default(),
            people: People::default(),
            categories: Categories::default(),
            templates: Templates::default(),
            callers: Callers::default(),
            requests: Requests::default(),
            hash_slots: Semaphore::new(settings.auth.concurrent_hashes),
            addresses: OnceLock::new(),
            settings,
            clock,
            ids,
            db,
            history,
            bus,
        };
        location::service::load_positions(&app).await.context("cannot read the positions")?;
        Ok(Arc::new(app))
    }
}

async fn open_databases(settings: &Settings) -> anyhow::Result<(Db, Db)> {
    let (db, history) = match &settings.database {
        Some(url) => {
            let db = Db::open_postgres(url, settings.database_connections).await.context("cannot open the PostgreSQL database")?;
            (db.clone(), db)
        }
        None => {
            let open = async |name: &str, durability| {
                let file = settings.data_dir.join(name);
                Db::open_sqlite(&file, durability).await.with_context(|| format!("cannot open {}", file.display()))
            };
            (open("rapi.db", Durability::Full).await?, open("history.db", Durability::Normal).await?)
        }
    };
    let alone = schema::alone(&db).await.context("cannot wait for other processes")?;
    db.migrate::<MainSchema>().await.context("cannot bring the database up to date")?;
    history.migrate::<HistorySchema>().await.context("cannot bring the location history up to date")?;
    drop(alone);
    Ok((db, history))
}

/// Every table but the location history.
struct MainSchema;

impl MigratorTrait for MainSchema {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let modules = [
            PlatformMigrations::migrations(),
            users::migrations(),
            orders::migrations(),
            timer::migrations(),
            location::migrations(),
            payments::migrations(),
            communication::migrations(),
            notifications::migrations(),
        ];
        modules.into_iter().flatten().collect()
    }
}

/// The location history, which may live in a file of its own.
struct HistorySchema;

impl MigratorTrait for HistorySchema {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        location::history_migrations()
    }

    fn migration_table_name() -> sea_orm::DynIden {
        use sea_orm::sea_query::IntoIden as _;
        "history_migrations".into_iden()
    }
}

/// Reads a 256-bit key, or makes one that only the owner can read.
fn secret_file(file: &Path) -> anyhow::Result<[u8; 32]> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;

    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let key = random::<32>();
    // Written under another name: a process that starts at the same time finds a whole key or none.
    let part = file.with_extension(hex(&random::<8>()));
    let write = || {
        let mut new = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&part)?;
        new.write_all(&key)?;
        new.sync_all()?;
        std::fs::hard_link(&part, file)
    };
    let made = if file.exists() { Err(std::io::ErrorKind::AlreadyExists.into()) } else { write() };
    if part.exists() {
        std::fs::remove_file(&part)?;
    }
    match made {
        Ok(()) => Ok(key),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            let bytes = std::fs::read(file)?;
            bytes.try_into().map_err(|_| anyhow::anyhow!("{} is not a 32-byte key", file.display()))
        }
        Err(error) => Err(error).with_context(|| format!("cannot make the key {}", file.display())),
    }
}
