//! The one door: routing, tokens, limits, request ids, OpenAPI. Everything that comes in over HTTP comes through here.

mod body;
mod caller;
mod endpoints;
mod health;
mod links;
pub mod mqtt;
mod numbers;
mod openapi;
mod posted;
mod reading;
mod router;
mod unit;

pub use caller::{Admin, Caller, Client, Peer, Provider};
pub use endpoints::Endpoints;
pub use posted::{NoBody, Params, PathId, Posted, once_by_key};
pub use router::{Routes, router};
pub(crate) use unit::render;
pub use unit::{Unit, written};
