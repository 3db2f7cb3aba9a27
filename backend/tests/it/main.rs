//! What the backend promises, tried over HTTP and MQTT against a running one: on SQLite, and on PostgreSQL when `RAPI_TEST_POSTGRES`
//! names a server (`cargo xtask test` starts one).

mod broker;
mod client;
mod doors;
mod harness;
mod journeys;
mod nonsense;
mod orders;
mod platform;
