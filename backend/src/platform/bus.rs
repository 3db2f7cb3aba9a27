//! The MQTT bus as the modules see it: somewhere to publish. The broker inside and any broker outside stand behind it.

use async_trait::async_trait;

/// Sends to connected apps. Nothing depends on delivery: what matters is in the event feed.
#[async_trait]
pub trait Bus: Send + Sync {
    /// Publishes `payload` on `topic` at least once to whoever listens now, never retained.
    async fn publish(&self, topic: String, payload: Vec<u8>);

    /// Ends the connections of `client_ids_below` (a prefix of client ids), because its sessions were revoked.
    async fn disconnect(&self, client_id_prefix: &str);
}

/// No bus at all: for commands that only touch the database.
#[derive(Debug, Clone, Copy)]
pub struct NoBus;

#[async_trait]
impl Bus for NoBus {
    async fn publish(&self, _: String, _: Vec<u8>) {}

    async fn disconnect(&self, _: &str) {}
}
