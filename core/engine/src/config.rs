//! What an engine has to be told.

use std::path::PathBuf;

use rapi_core::wire::people::DeviceType;

/// Where the backend is, where to remember things, and which device this is.
#[derive(Debug, Clone)]
pub struct EngineConfig {
    /// The backend's public address without a trailing slash, e.g. `http://127.0.0.1:8080`.
    pub api_url: String,
    /// A folder of this engine alone: `engine.db` and, with [`crate::Host::system`], the secrets are kept there.
    pub data_dir: PathBuf,
    /// Names the device to the backend; stays the same for as long as the app is installed.
    pub device_id: String,
    /// What kind of device it is.
    pub device_type: DeviceType,
    /// What its owner calls it.
    pub device_name: Option<String>,
}
