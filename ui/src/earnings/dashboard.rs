//! Where a provider begins her day.

use dioxus::prelude::*;
use rapi_core::Id;
use rapi_core::values::{Order, Rupiah};
use rapi_core::wire::payments::WalletResponse;
use rapi_core::wire::people::{StatsResponse, VerificationStatus};

use super::days::{Measure, last_earnings, points};
use crate::controls::{
    Average, Button, ButtonKind, Chart, ChartKind, Glyph, Icon, ListLine, Notice, Skeleton, Switch, Tag, Tone, VerifiedBadge,
};
use crate::formats::duration_words;
use crate::jobs::JobStep;
use crate::orders::ServiceName;
use crate::text::{Word, text};

/// What the dashboard shows; what is not known yet is not there.
#[derive(Debug, Clone, PartialEq)]
pub struct DashboardView {
    /// Whose it is.
    pub name: String,
    /// How far her identity check has come.
    pub verification: VerificationStatus,
    /// Does she take offers?
    pub online: Option<bool>,
    /// Is it known where she is?
    pub has_place: bool,
    /// The last seven days; the last of them is today.
    pub week: Option<StatsResponse>,
    /// Minutes worked today.
    pub minutes_today: i64,
    /// Of all her ratings.
    pub rating: Option<f64>,
    /// What she has.
    pub wallet: Option<WalletResponse>,
    /// What she is on, and what waits for her.
    pub jobs: Vec<JobLine>,
    /// How many offers wait for an answer.
    pub offers: usize,
}

/// A job in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobLine {
    /// Which.
    pub id: Id<Order>,
    /// The kind of work.
    pub service: ServiceName,
    /// Who asked for it.
    pub client: String,
    /// Where, in words.
    pub address: String,
    /// When it was wanted, as people say it.
    pub when: String,
    /// Where it stands.
    pub step: JobStep,
    /// What it brought, once it is billed.
    pub net: Option<Rupiah>,
}

impl DashboardView {
    /// The job she is on.
    #[must_use]
    pub fn running(&self) -> Option<&JobLine> {
        self.jobs.iter().find(|job| job.step.is_running())
    }

    /// Those whose work is done and whose money is not here.
    pub fn unpaid(&self) -> impl Iterator<Item = &JobLine> {
        self.jobs.iter().filter(|job| job.step == JobStep::AwaitingPayment)
    }

    /// May she take offers at all?
    #[must_use]
    pub fn is_approved(&self) -> bool {
        self.verification == VerificationStatus::Approved
    }
}

/// Where something on the dashboard leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lead {
    /// To a job.
    Job(Id<Order>),
    /// To the offers.
    Offers,
    /// To the identity check.
    Verification,
    /// To the numbers.
    Stats,
    /// To her profile.
    Profile,
}

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
                Head { view: view.clone(), switching, on_online }
                if !view.is_approved() {
                    VerificationCard { status: view.verification, on_open: move |()| on_open.call(Lead::Verification) }
                }
                if view.online == Some(true) && !view.has_place {
                    Notice { tone: Tone::Warn, text: text.say(Word::ProviderNoPlace) }
                }
                if let Some(job) = view.running() {
                    RunningCard { job: job.clone(), on_open: move |id| on_open.call(Lead::Job(id)) }
                }
                Today { view: view.clone() }
                Week { week: view.week.clone(), on_open: move |()| on_open.call(Lead::Stats) }
                Next { view: view.clone(), on_open }
            }
        }
    }
}

/// Who she is, and whether she takes offers.
#[component]
fn Head(view: DashboardView, switching: bool, on_online: EventHandler<bool>) -> Element {
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
        }
    }
}

/// What stands between her and the first offer.
#[component]
fn VerificationCard(status: VerificationStatus, on_open: EventHandler) -> Element {
    let text = text();
    let (icon, title, explained, word) = match status {
        VerificationStatus::Pending => (Icon::Clock, Word::HomePendingTitle, Word::HomePendingExplained, Word::HomeVerifyOpen),
        VerificationStatus::Rejected => (Icon::TriangleAlert, Word::HomeRejectedTitle, Word::HomeRejectedExplained, Word::HomeVerifyOpen),
        _ => (Icon::ShieldCheck, Word::HomeVerifyTitle, Word::HomeVerifyExplained, Word::HomeVerifyStart),
    };
    let is_pending = status == VerificationStatus::Pending;
    rsx! {
        section { class: "card verify-card", aria_label: text.say(title),
            div { class: "row",
                span { class: if status == VerificationStatus::Rejected { "line-icon line-icon-warn" } else { "line-icon" }, Glyph { icon, size: 22 } }
                div { class: "grow",
                    h2 { {text.say(title)} }
                    p { class: "small mute", {text.say(explained)} }
                }
            }
            Button {
                kind: if is_pending { ButtonKind::Soft } else { ButtonKind::Primary },
                label: text.say(word),
                test_id: "verify",
                on_press: on_open,
            }
        }
    }
}

/// The job she is on, above everything.
#[component]
fn RunningCard(job: JobLine, on_open: EventHandler<Id<Order>>) -> Element {
    let text = text();
    let id = job.id;
    rsx! {
        button { class: "running-card", r#type: "button", "data-testid": "running", onclick: move |_| on_open.call(id),
            span { class: "between",
                span { class: "small", {text.say(Word::HomeRunning)} }
                span { class: "running-step", {text.say(job.step.word())} }
            }
            span { class: "row",
                span { class: "running-icon", Glyph { icon: job.service.icon(), size: 22 } }
                span { class: "grow column tight",
                    span { class: "strong break", {format!("{} · {}", job.service.say(text), job.client)} }
                    span { class: "small running-address", "{job.address}" }
                }
                Glyph { icon: Icon::ChevronRight, size: 20 }
            }
        }
    }
}

/// What today has brought.
#[component]
fn Today(view: DashboardView) -> Element {
    let text = text();
    let today = view.week.as_ref().and_then(|week| week.by_day.last());
    rsx! {
        section { class: "card today", aria_label: text.say(Word::TodayEarnings),
            p { class: "small mute", {text.say(Word::TodayEarnings)} }
            match (&view.week, today) {
                (Some(week), Some(today)) => rsx! {
                    p { class: "today-sum", "data-testid": "today", {last_earnings(week).to_string()} }
                    div { class: "today-facts",
                        span { {text.fill(Word::TodayJobs, [("count", today.completed)])} }
                        if view.minutes_today > 0 {
                            span { {text.fill(Word::TodayWorked, [("time", duration_words(view.minutes_today, text))])} }
                        }
                        Average { rating: view.rating }
                    }
                },
                _ => rsx! { Skeleton { lines: 2 } },
            }
        }
    }
}

/// The last seven days.
#[component]
fn Week(week: Option<StatsResponse>, on_open: EventHandler) -> Element {
    let text = text();
    rsx! {
        section { class: "card", aria_label: text.say(Word::WeekTitle),
            match week {
                Some(week) => rsx! {
                    div { class: "between",
                        h2 { {text.say(Word::WeekTitle)} }
                        button { class: "link dashboard-sum", r#type: "button", onclick: move |_| on_open.call(()),
                            "{week.earnings}"
                            Glyph { icon: Icon::ChevronRight, size: 16 }
                        }
                    }
                    Chart {
                        kind: ChartKind::Bars,
                        label: text.say(Word::WeekTitle),
                        what: text.say(Word::WeekEarnings),
                        points: points(&week, Measure::Earnings, text),
                    }
                },
                None => rsx! { Skeleton { lines: 4 } },
            }
        }
    }
}

/// What comes next: offers, money that has yet to come, and what there is.
#[component]
fn Next(view: DashboardView, on_open: EventHandler<Lead>) -> Element {
    let text = text();
    let unpaid: Vec<JobLine> = view.unpaid().cloned().collect();
    rsx! {
        div { class: "section-title", h2 { {text.say(Word::HomeNext)} } }
        div { class: "lines",
            if view.offers > 0 {
                ListLine {
                    icon: Icon::BellRing,
                    title: text.fill(Word::HomeOffers, [("count", view.offers)]),
                    detail: text.say(Word::HomeOffersAdvice),
                    on_open: move |()| on_open.call(Lead::Offers),
                }
            }
            for job in unpaid {
                ListLine {
                    key: "{job.id}",
                    icon: job.service.icon(),
                    title: format!("{} · {}", job.service.say(text), job.client),
                    detail: text.say(job.step.word()),
                    end: rsx! { Tag { tone: job.step.tone(), label: job.net.unwrap_or_default().to_string() } },
                    on_open: move |()| on_open.call(Lead::Job(job.id)),
                }
            }
            if let Some(wallet) = &view.wallet {
                ListLine {
                    icon: Icon::Wallet,
                    title: text.fill(Word::HomeBalance, [("balance", wallet.balance.to_string())]),
                    detail: if wallet.pending_balance.is_positive() { text.fill(Word::HomePending, [("pending", wallet.pending_balance.to_string())]) } else { text.say(Word::HomeNoPending) },
                }
            }
            ListLine {
                icon: Icon::User,
                title: text.say(Word::HomeProfile),
                detail: text.say(Word::HomeProfileAdvice),
                on_open: move |()| on_open.call(Lead::Profile),
            }
        }
    }
}
