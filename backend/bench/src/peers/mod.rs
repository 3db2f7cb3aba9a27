//! Programs everybody knows, to measure by.

mod mosquitto;
mod pgbench;
mod redis;

pub use mosquitto::mosquitto;
pub use pgbench::{Pgbench, fresh_database};
pub use redis::Redis;

use std::net::{Ipv4Addr, TcpListener};

use anyhow::Result;

/// A port nobody uses, for programs that cannot ask for one themselves.
fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}
