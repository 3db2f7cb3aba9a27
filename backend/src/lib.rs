//! The server of Rapi: one process that serves HTTP, carries an MQTT broker and works off deadlines, over one database.
//!
//! Modules are business words; each owns its tables and offers the others a `service`. `gateway` is the one door in,
//! `platform` what all stand on. See ARCHITECTURE.md.

pub mod app;
pub mod communication;
pub mod gateway;
pub mod housekeeping;
pub mod location;
pub mod metrics;
pub mod notifications;
pub mod orders;
pub mod payments;
pub mod platform;
pub mod serve;
pub mod settings;
pub mod timer;
pub mod users;
