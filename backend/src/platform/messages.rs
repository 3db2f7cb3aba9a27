//! Messages to people outside the apps: mail and SMS.
//!
//! Without a mail or SMS service configured each message is a JSON file in `DIR/outbox/`: how developers and tests read an OTP.

use std::path::PathBuf;

use async_trait::async_trait;
use rapi_core::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use super::fail_points::{self, Point};

/// How a message travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    /// E-mail.
    Email,
    /// Text message.
    Sms,
}

/// A message on its way out. Not `Debug`: it carries addresses and codes.
#[derive(Clone, Serialize)]
pub struct Message {
    /// How it travels.
    pub channel: Channel,
    /// To whom.
    pub to: String,
    /// In a few words.
    pub subject: String,
    /// All of it.
    pub body: String,
    /// The code it brings, if one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub otp_code: Option<String>,
    /// When it was written.
    pub at: Timestamp,
}

/// Sends messages.
#[async_trait]
pub trait Messenger: Send + Sync {
    /// Hands `message` over; sending the same `id` twice is one message.
    ///
    /// # Errors
    /// When it could not be handed over; it will be tried again.
    async fn send(&self, id: Uuid, message: &Message) -> std::io::Result<()>;
}

/// Writes each message to a file of its own.
#[derive(Debug, Clone)]
pub struct FileMessenger {
    folder: PathBuf,
}

impl FileMessenger {
    /// Messages go to `folder`.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }
}

#[async_trait]
impl Messenger for FileMessenger {
    async fn send(&self, id: Uuid, message: &Message) -> std::io::Result<()> {
        tokio::fs::create_dir_all(&self.folder).await?;
        let (part, whole) = (self.folder.join(format!(".{id}.part")), self.folder.join(format!("{id}.json")));
        // Renamed when complete: a reader never sees half a message.
        tokio::fs::write(&part, serde_json::to_vec_pretty(message)?).await?;
        tokio::fs::rename(part, whole).await?;
        fail_points::pass(Point::MessageSent).map_err(std::io::Error::other)
    }
}
