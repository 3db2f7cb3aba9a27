//! The phone's side of Rapi: signs in and stays signed in, sends what people ask for until it is answered, follows what
//! happens, and remembers it across restarts.
//!
//! One event loop (`conductor`) owns the pure machines of `rapi-core` and performs what they ask; everything else talks
//! to it by messages. Whoever draws reads [`Snapshot`]s and submits [`Intent`]s. Knows nothing of screens and words.

mod api;
mod conductor;
mod config;
mod draft;
mod engine;
mod error;
mod geocoder;
mod host;
mod intent;
mod link;
mod ride;
mod snapshot;
mod store;

pub use api::ApiClient;
pub use config::EngineConfig;
pub use draft::Draft;
pub use engine::Engine;
pub use error::EngineError;
pub use geocoder::{FoundPlace, Geocoder, Nominatim};
pub use host::{
    Clock, FileSecretStore, FixSink, Host, IdGen, LocationSource, NoLocation, SecretStore, SecretStoreError, SystemClock, SystemIds,
};
pub use intent::{Intent, IntentKey};
pub use rapi_core as core;
pub use reqwest::Method;
pub use ride::{OnTheWay, SimulatedRide, Way};
pub use snapshot::{ClosedOffer, Connection, PendingIntent, RefusedIntent, SessionState, Snapshot};
