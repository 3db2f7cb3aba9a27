//! Somebody's papers, and the decision.

use dioxus::prelude::*;
use rapi_core::orders::Zone;

use super::{ReviewView, Turn, vetting_status};
use crate::controls::{Awaited, Button, ButtonKind, Failed, Icon, Notice, Skeleton, Tag, Tone};
use crate::desk::{Fact, Facts, Panel, ReasonForm, Section};
use crate::formats::{Zoned, phone};
use crate::text::{Text, Word, text};

/// The papers `view` with their `documents`, and what can be decided. `begun` is the decision that waits for its second look.
#[component]
pub fn ReviewPanel(
    view: Awaited<ReviewView>,
    documents: Element,
    begun: Option<Turn>,
    #[props(default)] busy: bool,
    on_begin: EventHandler<Option<Turn>>,
    on_approve: EventHandler,
    on_reject: EventHandler<String>,
    on_retry: EventHandler,
    on_close: EventHandler,
) -> Element {
    let text = text();
    let view = match view {
        Awaited::Here(view) => view,
        Awaited::Loading => return rsx! { Panel { title: text.say(Word::Loading), on_close, Skeleton { lines: 9 } } },
        Awaited::Failed(code) => return rsx! { Panel { title: text.say(Word::AdminVerification), on_close, Failed { code, on_retry } } },
    };
    let (tone, status) = vetting_status(&view.status);
    let mark = rsx! { Tag { tone, label: status.say(text) } };
    let foot = view.is_open().then(|| rsx! { Decision { name: view.name.clone(), begun, busy, on_begin, on_approve, on_reject } });
    let contact = view.phone.as_deref().map_or_else(|| view.email.clone(), |number| format!("{} · {}", view.email, phone(number)));
    rsx! {
        Panel { title: view.name.clone(), detail: contact, mark, foot, on_close,
            if let Some(reason) = &view.rejection_reason {
                Notice { tone: Tone::Warn, text: text.fill(Word::AdminRejectedBecause, [("reason", reason.clone())]) }
            }
            {documents}
            Numbers { view }
        }
    }
}

/// What the papers say in numbers, to be held against the pictures.
#[component]
fn Numbers(view: ReviewView) -> Element {
    let text = text();
    let mut identity = vec![Fact::new(text.say(Word::AdminNik), view.nik.clone())];
    if let (Some(born), Some(is_woman)) = (view.born, view.is_woman) {
        let sex = text.say(if is_woman { Word::AdminWoman } else { Word::AdminMan });
        identity.push(Fact::new(text.say(Word::AdminNikSays), format!("{sex}, {}", crate::formats::date(born, text))));
    }
    identity.push(Fact::new(text.say(Word::AdminSubmitted), time(view.submitted_at, text)));
    if let Some(at) = view.verified_at {
        identity.push(Fact::new(text.say(Word::AdminDecided), time(at, text)));
    }
    let bank = vec![
        Fact::new(text.say(Word::AdminBank), view.bank_name.clone()),
        Fact::new(text.say(Word::AdminAccountNumber), view.bank_account_number.clone()),
        Fact::new(text.say(Word::AdminAccountName), view.bank_account_name.clone()),
    ];
    rsx! {
        if view.is_other_account {
            Notice { tone: Tone::Warn, text: text.say(Word::AdminOtherAccount) }
        }
        div { class: "review-numbers",
            Section { heading: text.say(Word::AdminIdentity), Facts { facts: identity } }
            Section { heading: text.say(Word::AdminBankAccount), Facts { facts: bank } }
        }
        p { class: "tiny mute", {text.say(Word::AdminViewsLogged)} }
    }
}

fn time(at: rapi_core::Timestamp, text: Text) -> String {
    let at = Zoned::within(at, Zone::Western);
    format!("{}, {}", at.day(text), at.clock_with_zone(text.language()))
}

/// Approve or turn down, each with a second look.
#[component]
fn Decision(
    name: String,
    begun: Option<Turn>,
    busy: bool,
    on_begin: EventHandler<Option<Turn>>,
    on_approve: EventHandler,
    on_reject: EventHandler<String>,
) -> Element {
    let text = text();
    let templates = [Word::AdminRejectBlurred, Word::AdminRejectNik, Word::AdminRejectSelfie, Word::AdminRejectAccount];
    match begun {
        Some(Turn::Reject) => rsx! {
            ReasonForm {
                title: text.fill(Word::AdminRejectTitle, [("name", name)]),
                explained: text.say(Word::AdminRejectExplained),
                label: text.say(Word::AdminRejectLabel),
                templates: templates.map(|word| text.say(word)).to_vec(),
                yes: text.say(Word::AdminRejectYes),
                busy,
                on_send: on_reject,
                on_close: move |()| on_begin.call(None),
            }
        },
        Some(Turn::Approve) => rsx! {
            div { class: "column",
                div { class: "column tight",
                    p { class: "strong", {text.fill(Word::AdminApproveTitle, [("name", name)])} }
                    p { class: "small mute", {text.say(Word::AdminApproveExplained)} }
                }
                div { class: "pair",
                    Button { kind: ButtonKind::Line, small: true, label: text.say(Word::Back), on_press: move |()| on_begin.call(None) }
                    Sure { label: text.say(Word::AdminApproveYes), busy, on_press: on_approve }
                }
            }
        },
        _ => rsx! {
            div { class: "pair",
                Button { kind: ButtonKind::Danger, small: true, icon: Icon::X, label: text.say(Word::AdminReject), on_press: move |()| on_begin.call(Some(Turn::Reject)) }
                Button { kind: ButtonKind::Primary, small: true, icon: Icon::Check, label: text.say(Word::AdminApprove), on_press: move |()| on_begin.call(Some(Turn::Approve)) }
            }
        },
    }
}

/// Takes the focus, so that Enter says yes.
#[component]
fn Sure(label: String, busy: bool, on_press: EventHandler) -> Element {
    rsx! {
        button {
            class: "button button-primary button-small",
            r#type: "button",
            "aria-busy": busy.then_some("true"),
            "aria-disabled": busy.then_some("true"),
            onmounted: |event| async move { drop(event.set_focus(true).await) },
            onclick: move |_| {
                if !busy {
                    on_press.call(());
                }
            },
            "{label}"
        }
    }
}
