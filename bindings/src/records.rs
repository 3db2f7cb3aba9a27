//! What crosses the border.

use std::path::PathBuf;

use rapi_core::wire::OrUnknown;
use rapi_core::wire::people::{DeviceType, UserSummary};
use rapi_engine::{Connection, EngineConfig, SessionState, Snapshot};

/// What kind of device the engine runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Platform {
    /// An Android phone.
    Android,
    /// An iPhone.
    Ios,
    /// A computer.
    Desktop,
}

/// What an engine has to be told.
#[derive(Debug, Clone, uniffi::Record)]
pub struct EngineSettings {
    /// The backend's public address, e.g. `https://api.rapi.example`.
    pub api_url: String,
    /// A folder of this engine alone.
    pub data_dir: String,
    /// Names the device to the backend; stays the same for as long as the app is installed.
    pub device_id: String,
    /// What kind of device it is.
    pub platform: Platform,
    /// What its owner calls it.
    #[uniffi(default = None)]
    pub device_name: Option<String>,
}

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Person {
    /// UUID.
    pub id: String,
    /// Name.
    pub full_name: String,
    /// `CLIENT`, `SERVICE_PROVIDER`, `ADMIN`, or a word that this version does not know.
    pub user_type: String,
}

/// How the backend is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Reach {
    /// Not at all.
    Offline,
    /// On the way.
    Connecting,
    /// Events arrive as they happen.
    Online,
}

/// What the engine knows about its session.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SessionSnapshot {
    /// Who is signed in; nobody when absent.
    pub person: Option<Person>,
    /// Code of why the last session ended, unless the person ended it.
    pub ended_because: Option<String>,
    /// How the backend is reached.
    pub reach: Reach,
    /// What was asked for and is not answered yet.
    pub pending: u32,
}

impl From<EngineSettings> for EngineConfig {
    fn from(settings: EngineSettings) -> Self {
        let device_type = match settings.platform {
            Platform::Android => DeviceType::Android,
            Platform::Ios => DeviceType::Ios,
            Platform::Desktop => DeviceType::Desktop,
        };
        Self {
            api_url: settings.api_url.trim_end_matches('/').to_owned(),
            data_dir: PathBuf::from(settings.data_dir),
            device_id: settings.device_id,
            device_type,
            device_name: settings.device_name,
        }
    }
}

impl From<&UserSummary> for Person {
    fn from(user: &UserSummary) -> Self {
        let user_type = match &user.user_type {
            OrUnknown::Known(word) => word.as_str().to_owned(),
            OrUnknown::Unknown(word) => word.clone(),
        };
        Self { id: user.id.uuid().to_string(), full_name: user.full_name.clone(), user_type }
    }
}

impl From<Connection> for Reach {
    fn from(connection: Connection) -> Self {
        match connection {
            Connection::Offline => Self::Offline,
            Connection::Connecting => Self::Connecting,
            Connection::Online => Self::Online,
        }
    }
}

impl From<&Snapshot> for SessionSnapshot {
    fn from(snapshot: &Snapshot) -> Self {
        let ended_because = match &snapshot.session {
            SessionState::SignedOut { reason } => reason.clone(),
            SessionState::Starting | SessionState::SignedIn(_) => None,
        };
        Self {
            person: snapshot.session.user().map(Person::from),
            ended_because,
            reach: snapshot.connection.into(),
            pending: u32::try_from(snapshot.pending.len()).unwrap_or(u32::MAX),
        }
    }
}
