//! The cards of the dashboard.

use dioxus::prelude::*;
use rapi_core::Id;
use rapi_core::values::Order;
use rapi_core::wire::people::{StatsResponse, VerificationStatus};

use super::days::{Measure, last_earnings, points};
use super::view::{DashboardView, JobLine, Lead};
use crate::controls::{Average, Button, ButtonKind, Chart, ChartKind, Glyph, Icon, ListLine, Skeleton, Tag};
use crate::formats::duration_words;
use crate::text::{Word, text};

/// What stands between her and the first offer.
#[component]
pub(super) fn VerificationCard(status: VerificationStatus, on_open: EventHandler) -> Element {
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

/// What is needed for the identity check.
#[component]
pub(super) fn Prepare() -> Element {
    let text = text();
    let needed = [
        (Icon::IdCard, Word::VerifyIdCard),
        (Icon::Camera, Word::VerifySelfie),
        (Icon::Landmark, Word::VerifyBank),
        (Icon::FileText, Word::VerifySkills),
    ];
    rsx! {
        section { class: "card", aria_label: text.say(Word::HomePrepare),
            h2 { {text.say(Word::HomePrepare)} }
            ul { class: "prepare",
                for (icon , word) in needed {
                    li { key: "{word:?}",
                        Glyph { icon, size: 20 }
                        span { {text.say(word)} }
                    }
                }
            }
        }
    }
}

/// The job she is on, above everything.
#[component]
pub(super) fn RunningCard(job: JobLine, on_open: EventHandler<Id<Order>>) -> Element {
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
pub(super) fn Today(view: DashboardView) -> Element {
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
pub(super) fn Week(week: Option<StatsResponse>, on_open: EventHandler) -> Element {
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
                    // Seven bars of nothing say nothing.
                    if week.earnings.is_positive() {
                        Chart {
                            kind: ChartKind::Bars,
                            label: text.say(Word::WeekTitle),
                            what: text.say(Word::WeekEarnings),
                            points: points(&week, Measure::Earnings, text),
                        }
                    } else {
                        p { class: "mute small", {text.say(Word::WeekNone)} }
                    }
                },
                None => rsx! { Skeleton { lines: 4 } },
            }
        }
    }
}

/// What comes next: offers, money that has yet to come, and what there is.
#[component]
pub(super) fn Next(view: DashboardView, on_open: EventHandler<Lead>) -> Element {
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
                    title: job.service.say(text),
                    detail: format!("{} · {}", job.client, text.say(job.step.word())),
                    end: rsx! { Tag { tone: job.step.tone(), label: job.net.unwrap_or_default().to_string() } },
                    on_open: move |()| on_open.call(Lead::Job(job.id)),
                }
            }
            if let Some(wallet) = &view.wallet {
                ListLine {
                    icon: Icon::Wallet,
                    title: text.fill(Word::HomeBalance, [("balance", wallet.balance.to_string())]),
                    detail: if wallet.pending_balance.is_positive() { text.fill(Word::HomePending, [("pending", wallet.pending_balance.to_string())]) } else { text.say(Word::HomeNoPending) },
                    on_open: move |()| on_open.call(Lead::Wallet),
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
