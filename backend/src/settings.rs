//! Settings: defaults, then a file, then `RAPI_…` environment, then the command line. Every duration, limit, radius and fee is one.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rapi_core::Rupiah;
use rapi_core::dispatch::DispatchRules;
use rapi_core::tracking::TrackingRules;
use serde::Deserialize;

use crate::platform::fail_points;

/// Where the backend runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum Environment {
    /// A developer's machine: simulators and file outbox are welcome.
    #[default]
    Development,
    /// For people: refuses simulators, file outbox and missing keys.
    Production,
}

/// All settings.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Where it runs.
    pub env: Environment,
    /// Where files, keys and the embedded databases are.
    pub data_dir: PathBuf,
    /// HTTP address; port 0 picks one.
    pub http: SocketAddr,
    /// MQTT over TCP; port 0 picks one.
    pub mqtt: SocketAddr,
    /// MQTT over WebSocket; port 0 picks one.
    pub mqtt_ws: SocketAddr,
    /// The host name in addresses given to phones; the bound address when empty.
    pub public_host: String,
    /// `postgres://…` instead of the embedded SQLite.
    pub database: Option<String>,
    /// Connections to PostgreSQL.
    pub database_connections: u32,
    /// Is `/metrics` on the public port? Not in production.
    pub public_metrics: bool,
    /// Signing in.
    pub auth: AuthSettings,
    /// Prices.
    pub pricing: PricingSettings,
    /// Who is offered what, when.
    pub dispatch: DispatchSettings,
    /// Deadlines.
    pub deadlines: DeadlineSettings,
    /// What may be sent.
    pub limits: LimitSettings,
    /// Payments that are neither cash nor from a wallet.
    pub gateway: GatewaySettings,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            env: Environment::Development,
            data_dir: PathBuf::from("rapi-data"),
            http: SocketAddr::from(([127, 0, 0, 1], 8080)),
            mqtt: SocketAddr::from(([127, 0, 0, 1], 1883)),
            mqtt_ws: SocketAddr::from(([127, 0, 0, 1], 0)),
            public_host: String::new(),
            database: None,
            database_connections: 20,
            public_metrics: true,
            auth: AuthSettings::default(),
            pricing: PricingSettings::default(),
            dispatch: DispatchSettings::default(),
            deadlines: DeadlineSettings::default(),
            limits: LimitSettings::default(),
            gateway: GatewaySettings::default(),
        }
    }
}

/// Signing in and staying signed in.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AuthSettings {
    /// Life of an access token.
    pub access_token_seconds: u64,
    /// Life of a refresh token.
    pub refresh_token_days: u64,
    /// Password hashes at once; each takes 19 MiB.
    pub concurrent_hashes: usize,
    /// Calls of `/auth` per second and address, in the long run.
    pub calls_per_second: u64,
    /// Calls of `/auth` at once and address.
    pub calls_burst: u32,
}

impl Default for AuthSettings {
    fn default() -> Self {
        Self { access_token_seconds: 15 * 60, refresh_token_days: 30, concurrent_hashes: 4, calls_per_second: 10, calls_burst: 100 }
    }
}

impl AuthSettings {
    /// Life of an access token.
    #[must_use]
    pub const fn access_token_life(&self) -> Duration {
        Duration::from_secs(self.access_token_seconds)
    }

    /// Life of a refresh token.
    #[must_use]
    pub const fn refresh_token_life(&self) -> Duration {
        Duration::from_secs(self.refresh_token_days * 24 * 3600)
    }
}

/// Prices.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PricingSettings {
    /// Rapi's fee to the client, rupiah an order.
    pub service_fee: Rupiah,
    /// Rapi's share of the work, percent.
    pub platform_percent: u8,
    /// Price of five minutes in a category of the client's own words.
    pub custom_rate_per_5_minutes: Rupiah,
}

impl Default for PricingSettings {
    fn default() -> Self {
        Self { service_fee: Rupiah::ZERO, platform_percent: 10, custom_rate_per_5_minutes: Rupiah::new(1_000) }
    }
}

/// Who is offered what, when.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DispatchSettings {
    /// Offers a wave.
    pub wave_size: usize,
    /// Time between waves.
    pub wave_interval_seconds: u64,
    /// Radius of each wave; the last one stays.
    pub radii_km: Vec<f64>,
    /// Search this long.
    pub give_up_after_seconds: u64,
    /// Older positions do not count.
    pub max_position_age_seconds: u64,
    /// The preferred provider alone, this long.
    pub preferred_alone_seconds: u64,
    /// A later order waits until this long before its time.
    pub scheduled_lead_minutes: u64,
    /// Below this balance no cash offers.
    pub cash_debt_limit: Rupiah,
}

impl Default for DispatchSettings {
    fn default() -> Self {
        let rules = DispatchRules::default();
        Self {
            wave_size: rules.wave_size,
            wave_interval_seconds: rules.wave_interval.as_secs(),
            radii_km: rules.radii_km,
            give_up_after_seconds: rules.give_up_after.as_secs(),
            max_position_age_seconds: rules.max_position_age.as_secs(),
            preferred_alone_seconds: rules.preferred_alone.as_secs(),
            scheduled_lead_minutes: rules.scheduled_lead.as_secs() / 60,
            cash_debt_limit: rules.cash_debt_limit,
        }
    }
}

impl DispatchSettings {
    /// As the rules want it.
    #[must_use]
    pub fn rules(&self) -> DispatchRules {
        DispatchRules {
            wave_size: self.wave_size,
            wave_interval: Duration::from_secs(self.wave_interval_seconds),
            radii_km: self.radii_km.clone(),
            give_up_after: Duration::from_secs(self.give_up_after_seconds),
            max_position_age: Duration::from_secs(self.max_position_age_seconds),
            preferred_alone: Duration::from_secs(self.preferred_alone_seconds),
            scheduled_lead: Duration::from_secs(self.scheduled_lead_minutes * 60),
            cash_debt_limit: self.cash_debt_limit,
        }
    }
}

/// Deadlines, which all processes of one database share.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DeadlineSettings {
    /// A process may take this long over one before another tries.
    pub lease_seconds: u64,
}

impl Default for DeadlineSettings {
    fn default() -> Self {
        Self { lease_seconds: 30 }
    }
}

impl DeadlineSettings {
    /// A process may take this long over one before another tries.
    #[must_use]
    pub const fn lease(&self) -> Duration {
        Duration::from_secs(self.lease_seconds)
    }
}

/// What may be sent.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LimitSettings {
    /// Bytes of a JSON body.
    pub json_bytes: usize,
    /// Bytes of an uploaded file.
    pub upload_bytes: usize,
    /// A request may take this long.
    pub request_seconds: u64,
}

impl Default for LimitSettings {
    fn default() -> Self {
        Self { json_bytes: 256 * 1024, upload_bytes: 10 * 1024 * 1024, request_seconds: 30 }
    }
}

/// Payments that are neither cash nor from a wallet.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct GatewaySettings {
    /// A code or a page can be paid with this long.
    pub open_minutes: u64,
    /// The simulator pays by itself after this long: half a second, or long enough to look at the code.
    pub simulator_pays_after_ms: u64,
}

impl Default for GatewaySettings {
    fn default() -> Self {
        Self { open_minutes: 15, simulator_pays_after_ms: 500 }
    }
}

impl GatewaySettings {
    /// A code or a page can be paid with this long.
    #[must_use]
    pub const fn open_for(&self) -> Duration {
        Duration::from_secs(self.open_minutes * 60)
    }

    /// The simulator pays by itself after this long.
    #[must_use]
    pub const fn simulator_pays_after(&self) -> Duration {
        Duration::from_millis(self.simulator_pays_after_ms)
    }
}

/// Variables of the same family that are no settings: of the log, of tests, of the demo and of the chores. Any other unknown one
/// is a slip of the pen and refused.
const NOT_SETTINGS: [&str; 5] = ["RAPI_LOG", "RAPI_TEST_", "RAPI_DEMO_", "RAPI_CI_", "RAPI_BLESS"];

impl Settings {
    /// Reads the file (if any) and the environment over the defaults.
    ///
    /// # Errors
    /// When a setting is unknown or cannot be read.
    pub fn load(file: Option<&Path>) -> anyhow::Result<Self> {
        let mut builder = config::Config::builder();
        if let Some(file) = file {
            builder = builder.add_source(config::File::from(file));
        }
        let is_read_elsewhere = |name: &str| {
            NOT_SETTINGS.iter().any(|other| name.starts_with(other)) || (fail_points::ARE_COMPILED && name == "RAPI_FAIL_POINTS")
        };
        let variables = std::env::vars().filter(|(name, _)| !is_read_elsewhere(name)).collect();
        let environment = config::Environment::with_prefix("RAPI").prefix_separator("_").separator("__").try_parsing(true);
        let environment = environment.source(Some(variables));
        Ok(builder.add_source(environment).build()?.try_deserialize()?)
    }

    /// Rules of tracking.
    #[must_use]
    pub fn tracking_rules(&self) -> TrackingRules {
        TrackingRules::default()
    }

    /// Refuses what is only good for developers.
    ///
    /// # Errors
    /// Names what production lacks.
    pub fn check_environment(&self) -> anyhow::Result<()> {
        if self.env == Environment::Production {
            anyhow::bail!(
                "RAPI_ENV=production needs a mail service and a payment gateway instead of the file outbox and the simulator; \
                 this version has only those"
            );
        }
        Ok(())
    }
}
