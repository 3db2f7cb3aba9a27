//! What a notice shows.

use rapi_core::Timestamp;
use rapi_core::values::{Id, Notification};
use rapi_core::wire::notifications::{NotificationItem, NotificationType};

use crate::controls::Icon;

/// A notice of the inbox.
#[derive(Debug, Clone, PartialEq)]
pub struct NoticeView {
    /// Which.
    pub id: Id<Notification>,
    /// Drawn in front.
    pub icon: Icon,
    /// In a few words, in the reader's language.
    pub title: String,
    /// In a sentence.
    pub message: String,
    /// Still to be read?
    pub is_new: bool,
    /// When.
    pub at: Timestamp,
    /// The path within the app that it leads to.
    pub leads_to: Option<String>,
}

impl NoticeView {
    /// How `item` is shown.
    #[must_use]
    pub fn of(item: &NotificationItem) -> Self {
        let icon = match item.notification_type.known() {
            Some(NotificationType::Order) => Icon::ClipboardList,
            Some(NotificationType::Payment) => Icon::Wallet,
            Some(NotificationType::Promotion) => Icon::Tags,
            Some(NotificationType::Verification) => Icon::ShieldCheck,
            Some(NotificationType::Rating) => Icon::Star,
            Some(NotificationType::System) | None => Icon::Info,
        };
        // `rapi://orders/…` is the path `/orders/…`.
        let leads_to = item.action_url.as_deref().and_then(|url| url.strip_prefix("rapi:/")).map(str::to_owned);
        let (title, message) = (item.title.clone(), item.message.clone());
        Self { id: item.id, icon, title, message, is_new: !item.is_read, at: item.created_at, leads_to }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_leads_into_the_app_and_nowhere_else() {
        let item = |url: Option<&str>| NotificationItem {
            id: Id::new(Default::default()),
            title: "Pesanan".into(),
            message: "Wati tiba.".into(),
            notification_type: NotificationType::Order.into(),
            data: serde_json::Value::Null,
            action_url: url.map(str::to_owned),
            is_read: false,
            created_at: Timestamp::default(),
        };
        let leads = |url| NoticeView::of(&item(url)).leads_to;
        assert_eq!(leads(Some("rapi://orders/1")).as_deref(), Some("/orders/1"));
        assert_eq!([leads(Some("https://elsewhere.example")), leads(None)], [None, None]);
    }
}
