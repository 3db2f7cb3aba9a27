//! Where a provider begins her day.

use dioxus::prelude::*;
use rapi_core::wire::people::VerificationStatus;

use super::cards::{Next, Prepare, RunningCard, Today, VerificationCard, Week};
use super::view::{DashboardView, Lead};
use crate::controls::{Button, ButtonKind, Failed, Icon, IconButton, Skeleton, Switch, VerifiedBadge};
use crate::text::{Word, text};

/// Draws `view`.
#[component]
pub fn DashboardScreen(
    view: DashboardView,
    /// The switch awaits the backend's word.
    #[props(default)]
    switching: bool,
    on_online: EventHandler<bool>,
    on_open: EventHandler<Lead>,
    on_retry: EventHandler,
) -> Element {
    let missing = view.missing();
    rsx! {
        main { class: "screen", "data-testid": "dashboard",
            div { class: "screen-body dashboard",
                Head { view: view.clone(), on_notices: move |()| on_open.call(Lead::Notices) }
                if let Some(job) = view.running() {
                    RunningCard { job: job.clone(), on_open: move |id| on_open.call(Lead::Job(id)) }
                }
                if let Some(code) = missing.clone() {
                    Failed { code, on_retry }
                } else if view.is_approved() {
                    OfferSwitch { view: view.clone(), switching, on_online, on_services: move |()| on_open.call(Lead::Profile) }
                } else {
                    VerificationCard { status: view.verification, on_open: move |()| on_open.call(Lead::Verification) }
                }
                if view.is_approved() && missing.is_none() {
                    Today { view: view.clone() }
                    Week { week: view.week.clone(), on_open: move |()| on_open.call(Lead::Stats) }
                } else if !view.is_approved() && view.verification != VerificationStatus::Pending {
                    Prepare {}
                }
                Next { view: view.clone(), on_open }
            }
        }
    }
}

/// Who she is.
#[component]
fn Head(view: DashboardView, on_notices: EventHandler) -> Element {
    let text = text();
    rsx! {
        header { class: "between dashboard-head",
            div { class: "grow",
                p { class: "small mute", {text.say(Word::ProviderGreeting)} }
                h1 { class: "dashboard-name",
                    span { class: "clip", "{view.name}" }
                    if view.is_approved() {
                        VerifiedBadge {}
                    }
                }
            }
            span { class: "dashboard-bell",
                IconButton { icon: Icon::Bell, label: text.say(Word::Notices), on_press: on_notices }
                if view.unread > 0 {
                    span { class: "place-waiting", aria_label: text.fill(Word::WaitingCount, [("count", view.unread)]), "{view.unread}" }
                }
            }
        }
    }
}

/// Whether she takes offers, and what stands between her and them.
#[component]
fn OfferSwitch(view: DashboardView, switching: bool, on_online: EventHandler<bool>, on_services: EventHandler) -> Element {
    let text = text();
    let Some(online) = view.online else {
        return rsx! { section { class: "card", Skeleton { lines: 2 } } };
    };
    let lacks_services = view.has_services == Some(false);
    let (warns, advice) = match (online, view.has_place) {
        _ if lacks_services => (true, Word::ProviderNoServices),
        (true, _) if !view.is_reached => (true, Word::ProviderUnreached),
        (true, false) => (true, Word::ProviderNoPlace),
        (true, true) => (false, Word::ProviderOnlineAdvice),
        (false, _) => (false, Word::ProviderOfflineAdvice),
    };
    rsx! {
        section { class: "card offer-switch",
            Switch {
                label: text.say(if online { Word::ProviderOnline } else { Word::ProviderOffline }),
                on: online,
                busy: switching,
                on_switch: on_online,
            }
            p { class: if warns { "small warn" } else { "small mute" }, {text.say(advice)} }
            if lacks_services {
                Button { kind: ButtonKind::Soft, label: text.say(Word::ProviderChooseServices), on_press: on_services }
            }
        }
    }
}
