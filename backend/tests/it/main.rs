//! What the backend promises, tried over HTTP and MQTT against a running one: on SQLite, and on PostgreSQL when `RAPI_TEST_POSTGRES`
//! names a server (`cargo xtask test` starts one).

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by stopping")]

mod broker;
mod client;
mod curl;
mod deaths;
mod doors;
mod engines;
mod harness;
mod jobs;
mod journeys;
mod location;
mod model;
mod nonsense;
mod notifications;
mod orders;
mod payments;
mod platform;
mod process;
mod races;
mod schema;
mod timer;
mod typed;
mod unpaid;
mod users;
