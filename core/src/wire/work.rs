//! The work timer.

use super::{Checks, OrUnknown, Validate};
use crate::values::{Id, Order, Rupiah, Timestamp};
use crate::work::{PauseSpan, SessionStatus};

request! {
    /// Notes on the work; each side writes its own.
    #[derive(Default)]
    pub struct WorkNotesRequest {
        /// By the provider.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(max_length = 2_000))]
        pub provider_notes: Option<String>,
        /// By the client.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(max_length = 2_000))]
        pub client_notes: Option<String>,
    }
}

answer! {
    /// The work done for an order.
    pub struct WorkSessionResponse {
        /// Its order.
        pub order_id: Id<Order>,
        /// When it started.
        pub start_time: Timestamp,
        /// When it stopped.
        pub end_time: Option<Timestamp>,
        /// When it rested.
        pub pause_times: Vec<PauseSpan>,
        /// Started minutes, without pauses.
        pub duration_minutes: i64,
        /// Running, resting or done.
        pub status: OrUnknown<SessionStatus>,
        /// Worked seconds at `as_of`, without pauses.
        pub elapsed_seconds: i64,
        /// What the work costs at `as_of`.
        pub running_cost: Rupiah,
        /// When this was calculated.
        pub as_of: Timestamp,
        /// The clocks disagree; an admin looks at it.
        pub clock_unsure: bool,
        /// By the provider.
        pub provider_notes: Option<String>,
        /// By the client.
        pub client_notes: Option<String>,
    }
}

impl Validate for WorkNotesRequest {
    fn validate(&self, checks: &mut Checks) {
        checks.optional_text("provider_notes", self.provider_notes.as_deref(), 0..=2000);
        checks.optional_text("client_notes", self.client_notes.as_deref(), 0..=2000);
    }
}
