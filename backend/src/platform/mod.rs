//! What every module stands on: database, clock, secrets, events, deadlines, files, messages, the MQTT bus.
//!
//! Nothing here knows an order, a bill or a person; modules are handed to it as handlers.

pub mod answers;
pub mod broker;
pub mod bus;
pub mod clock;
mod contains;
pub mod cursor;
pub mod days;
pub mod db;
pub mod error;
pub mod events;
pub mod fail_points;
pub mod files;
pub mod follower;
pub mod ids;
pub mod jobs;
pub mod memo;
pub mod messages;
pub mod outage;
pub mod probe;
pub mod schema;
pub mod shared_bus;
pub mod vault;

pub use clock::{Clock, ManualClock, SystemClock};
pub use contains::contains;
pub use db::{Db, Tx};
pub use error::{ApiError, ApiResult};
pub use ids::IdGen;
