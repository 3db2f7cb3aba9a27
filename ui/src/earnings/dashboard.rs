//! Where a provider begins her day.

use dioxus::prelude::*;
use rapi_core::wire::people::VerificationStatus;

use super::cards::{Next, Prepare, RunningCard, Today, VerificationCard, Week};
use super::view::{DashboardView, Lead};
use crate::controls::{Icon, IconButton, Notice, Switch, Tone, VerifiedBadge};
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
) -> Element {
    let text = text();
    rsx! {
        main { class: "screen", "data-testid": "dashboard",
            div { class: "screen-body dashboard",
                Head { view: view.clone(), switching, on_online, on_notices: move |()| on_open.call(Lead::Notices) }
                if !view.is_approved() {
                    VerificationCard { status: view.verification, on_open: move |()| on_open.call(Lead::Verification) }
                }
                if view.online == Some(true) && !view.has_place {
                    Notice { tone: Tone::Warn, text: text.say(Word::ProviderNoPlace) }
                }
                if view.online == Some(false) && view.is_approved() && view.running().is_none() {
                    Notice { tone: Tone::Info, text: text.say(Word::ProviderOfflineAdvice) }
                }
                if let Some(job) = view.running() {
                    RunningCard { job: job.clone(), on_open: move |id| on_open.call(Lead::Job(id)) }
                }
                if view.is_approved() {
                    Today { view: view.clone() }
                    Week { week: view.week.clone(), on_open: move |()| on_open.call(Lead::Stats) }
                } else if view.verification != VerificationStatus::Pending {
                    Prepare {}
                }
                Next { view: view.clone(), on_open }
            }
        }
    }
}

/// Who she is, and whether she takes offers.
#[component]
fn Head(view: DashboardView, switching: bool, on_online: EventHandler<bool>, on_notices: EventHandler) -> Element {
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
            if let (true, Some(online)) = (view.is_approved(), view.online) {
                Switch {
                    label: text.say(if online { Word::ProviderOnline } else { Word::ProviderOffline }),
                    on: online,
                    busy: switching,
                    on_switch: on_online,
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
