//! The tokens of a signed-in phone.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::values::Timestamp;

/// What signing in or refreshing gives. Neither token shows in its `Debug` output.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenSet {
    /// Shown with every request.
    pub access_token: String,
    /// Exchanged for the next set, once.
    pub refresh_token: String,
    /// Life of the access token, from `obtained_at`.
    pub expires_in: Duration,
    /// When the answer came, by the phone's clock.
    pub obtained_at: Timestamp,
}

impl TokenSet {
    /// When the access token is to be exchanged: at 80 % of its life.
    #[must_use]
    pub fn refresh_at(&self) -> Timestamp {
        self.obtained_at + self.expires_in * 4 / 5
    }

    /// When the access token ends.
    #[must_use]
    pub fn expires_at(&self) -> Timestamp {
        self.obtained_at + self.expires_in
    }

    /// May the access token be shown? Not if the clock was set back since: nobody knows then.
    pub(super) fn is_usable(&self, now: Timestamp) -> bool {
        self.obtained_at <= now && now < self.expires_at()
    }

    /// Is it time to refresh?
    pub(super) fn is_due(&self, now: Timestamp) -> bool {
        now < self.obtained_at || self.refresh_at() <= now
    }
}

impl fmt::Debug for TokenSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenSet").field("expires_in", &self.expires_in).field("obtained_at", &self.obtained_at).finish_non_exhaustive()
    }
}
