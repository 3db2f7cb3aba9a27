//! The inbox.

use super::OrUnknown;
use crate::values::{Id, Notification, Timestamp};

words! {
    /// What a notice is about.
    NotificationType {
        /// An order.
        Order = "ORDER",
        /// Money.
        Payment = "PAYMENT",
        /// An offer of ours.
        Promotion = "PROMOTION",
        /// The account.
        System = "SYSTEM",
        /// The identity check.
        Verification = "VERIFICATION",
        /// A rating.
        Rating = "RATING",
    }
}

answer! {
    /// A notice, in the reader's language.
    pub struct NotificationItem {
        /// Its id.
        pub id: Id<Notification>,
        /// In a few words.
        pub title: String,
        /// In a sentence.
        pub message: String,
        /// What it is about.
        #[serde(rename = "type")]
        pub notification_type: OrUnknown<NotificationType>,
        /// Ids it speaks of: `order_id`, `payment_id`, …
        pub data: serde_json::Value,
        /// Where it leads: `rapi://orders/{id}` …
        pub action_url: Option<String>,
        /// Read?
        pub is_read: bool,
        /// When.
        pub created_at: Timestamp,
    }
}
