//! The bus in front of the broker inside. The backend is put together before its broker runs, so the broker comes later.

use std::sync::{Arc, OnceLock};

use async_trait::async_trait;

use super::live::Live;
use crate::platform::bus::Bus;

/// Publishes through the broker inside; before that runs nobody listens, and nothing is sent.
#[derive(Clone, Default)]
pub struct LateBus {
    live: Arc<OnceLock<Arc<Live>>>,
}

impl LateBus {
    pub(super) fn attach(&self, live: Arc<Live>) -> anyhow::Result<()> {
        self.live.set(live).map_err(|_| anyhow::anyhow!("this bus already has a broker"))
    }
}

#[async_trait]
impl Bus for LateBus {
    async fn publish(&self, topic: String, payload: Vec<u8>) {
        if let Some(live) = self.live.get() {
            live.publish(topic, payload).await;
        }
    }

    async fn disconnect(&self, client_id_prefix: &str) {
        if let Some(live) = self.live.get() {
            live.end_below(client_id_prefix).await;
        }
    }
}
