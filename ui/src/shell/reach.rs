//! How the backend is reached, and what is said when it is not.

use dioxus::prelude::*;

use crate::controls::{Glyph, Icon};
use crate::text::{Word, text};

/// How the backend is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Events come in as they happen.
    Online,
    /// On the way there.
    Connecting,
    /// Not at all.
    Offline,
}

/// Says that the backend cannot be reached and how much waits to be sent; nothing while it can.
#[component]
pub fn ReachBanner(
    reach: Reach,
    waiting: usize,
    /// Wants to know what it is that waits.
    on_details: Option<EventHandler>,
) -> Element {
    let text = text();
    let said = match (reach, waiting) {
        (Reach::Online | Reach::Connecting, _) => return rsx! {},
        (Reach::Offline, 0) => text.say(Word::OfflineBanner),
        (Reach::Offline, waiting) => text.fill(Word::OfflineBannerWaiting, [("count", waiting)]),
    };
    rsx! {
        div { class: "reach-banner", role: "status", "data-testid": "offline",
            Glyph { icon: Icon::WifiOff, size: 18 }
            span { class: "grow", "{said}" }
            if let Some(on_details) = on_details.filter(|_| waiting > 0) {
                button { class: "reach-details", r#type: "button", onclick: move |_| on_details.call(()), {text.say(Word::WaitingDetails)} }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawn::drawn;
    use crate::text::Language;

    fn banner(reach: Reach, waiting: usize) -> String {
        drawn(Language::Indonesian, move || rsx! { ReachBanner { reach, waiting } })
    }

    #[test]
    fn the_banner_says_what_waits_and_goes_when_the_network_is_back() {
        assert!(banner(Reach::Offline, 3).contains("3 tindakan menunggu dikirim"));
        assert!(banner(Reach::Offline, 0).contains("Tidak terhubung."));
        assert_eq!([banner(Reach::Online, 3), banner(Reach::Connecting, 0)].concat().matches("terhubung").count(), 0);
    }
}
