//! One entry of the list, and the hash by which the next entry holds on to it.

use std::fmt;
use std::fmt::Write as _;
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::values::{BootId, Timestamp};

/// What the first event of a list carries as the hash of the one before it.
pub const FIRST_PREVIOUS_HASH: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum WorkEventKind {
    /// The provider set off.
    Depart,
    /// The provider reached the client's door.
    Arrive,
    /// The work began.
    Start,
    /// The work was interrupted.
    Pause,
    /// The work went on.
    Resume,
    /// The work is done.
    Stop,
}

/// Who vouches for an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Attestation {
    /// The server heard of it in a plain request and wrote it down.
    Server,
    /// The phone wrote it down itself; whether the device's signature holds is checked where the key is known.
    Device,
}

/// Text that names no value of an enum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown name")]
pub struct UnknownName;

/// Something that happened during one order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkEvent {
    /// What happened.
    pub kind: WorkEventKind,
    /// Place in the order's list, from 0, without gaps.
    pub sequence: u32,
    /// When it happened by the wall clock of whoever wrote it down.
    pub wall: Timestamp,
    /// When it happened by the phone's suspend-counting clock: which boot, and the time since it.
    pub mono: Option<(BootId, Duration)>,
    /// Server time of hearing of it; equals `wall` when it was reported as it happened.
    pub received_at: Timestamp,
    /// Who vouches for it.
    pub attestation: Attestation,
    /// [`WorkEvent::hash`] of the event before; [`FIRST_PREVIOUS_HASH`] for the first.
    pub previous_hash: String,
}

impl WorkEvent {
    /// SHA-256 in lower-case hex over this encoding, all numbers big-endian:
    ///
    /// | bytes | field |
    /// |---|---|
    /// | 1 | version of this encoding, `1` |
    /// | 1 | kind, in the order of [`WorkEventKind`] from 0 |
    /// | 1 | attestation: 0 server, 1 device |
    /// | 4 | sequence |
    /// | 8 | wall, microseconds since the epoch |
    /// | 8 | received_at likewise; zero for [`Attestation::Device`], whose event is hashed before anybody heard of it |
    /// | 1 | 1 when `mono` follows, else 0 |
    /// | 8 + 4 | mono: seconds, nanoseconds |
    /// | 4 + n | boot id: length, UTF-8 |
    /// | 4 + n | previous_hash: length, UTF-8 |
    #[must_use]
    pub fn hash(&self) -> String {
        let received_at = match self.attestation {
            Attestation::Server => self.received_at.micros(),
            Attestation::Device => 0,
        };
        let mut sha = Sha256::new();
        sha.update([1, self.kind as u8, self.attestation as u8]);
        sha.update(self.sequence.to_be_bytes());
        sha.update(self.wall.micros().to_be_bytes());
        sha.update(received_at.to_be_bytes());
        sha.update([u8::from(self.mono.is_some())]);
        if let Some((boot, since_boot)) = &self.mono {
            sha.update(since_boot.as_secs().to_be_bytes());
            sha.update(since_boot.subsec_nanos().to_be_bytes());
            update_text(&mut sha, &boot.0);
        }
        update_text(&mut sha, &self.previous_hash);
        hex(&sha.finalize())
    }
}

fn update_text(sha: &mut Sha256, text: &str) {
    sha.update(u32::try_from(text.len()).unwrap_or(u32::MAX).to_be_bytes());
    sha.update(text);
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

impl WorkEventKind {
    /// Every kind, in the order of a day's work.
    pub const ALL: [Self; 6] = [Self::Depart, Self::Arrive, Self::Start, Self::Pause, Self::Resume, Self::Stop];

    /// The name on wires and in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Depart => "depart",
            Self::Arrive => "arrive",
            Self::Start => "start",
            Self::Pause => "pause",
            Self::Resume => "resume",
            Self::Stop => "stop",
        }
    }
}

impl fmt::Display for WorkEventKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for WorkEventKind {
    type Err = UnknownName;
    fn from_str(text: &str) -> Result<Self, UnknownName> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(UnknownName)
    }
}

impl Attestation {
    /// The name on wires and in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::Device => "device",
        }
    }
}

impl FromStr for Attestation {
    type Err = UnknownName;
    fn from_str(text: &str) -> Result<Self, UnknownName> {
        [Self::Server, Self::Device].into_iter().find(|by| by.as_str() == text).ok_or(UnknownName)
    }
}
