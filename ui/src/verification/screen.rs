//! The identity check: handing in, waiting, mending, and being approved.

use dioxus::document;
use dioxus::prelude::*;
use rapi_core::wire::people::{VerificationResponse, VerificationStatus};

use super::{BANKS, VerificationFaults, VerificationForm};
use crate::controls::{
    Button, ButtonKind, Chips, Choice, Failed, FieldKind, Glyph, Icon, Notice, Shape, Skeleton, TextField, Tone, TopBar, ValueLine,
};
use crate::text::{Word, text};

/// The fields of photos, as the app draws them.
#[derive(Clone, PartialEq)]
pub struct PhotoFields {
    /// The identity card.
    pub id_card: Element,
    /// She with the card.
    pub selfie: Element,
    /// What she has learnt.
    pub certificates: Element,
    /// Her work.
    pub portfolio: Element,
}

/// Draws how the check stands; while papers are to be handed in, the form for them.
#[component]
pub fn VerificationScreen(
    check: Option<VerificationResponse>,
    /// The stable code of why it is not known how the check stands.
    fault: Option<String>,
    photos: PhotoFields,
    /// What is typed so far, from here or from an earlier time.
    form: Signal<VerificationForm>,
    faults: VerificationFaults,
    #[props(default)] busy: bool,
    on_send: EventHandler,
    on_retry: EventHandler,
    on_home: EventHandler,
    on_back: EventHandler,
) -> Element {
    let text = text();
    rsx! {
        main { class: "screen", "data-testid": "verification",
            div { class: "screen-head", TopBar { title: text.say(Word::VerifyTitle), on_back } }
            div { class: "screen-body",
                match (check, fault) {
                    (None, Some(code)) => rsx! { Failed { code, on_retry } },
                    (None, None) => rsx! { Skeleton { lines: 3, shape: Shape::Cards } },
                    (Some(check), _) => match check.status.known() {
                        Some(VerificationStatus::Approved) => rsx! { Approved { on_home } },
                        Some(VerificationStatus::Pending) => rsx! { Waiting { check, on_home } },
                        Some(VerificationStatus::Rejected) => rsx! {
                            Notice { tone: Tone::Bad, text: text.fill(Word::VerifyRejected, [("reason", check.rejection_reason.unwrap_or_default())]) }
                            Papers { photos, form, faults, busy, on_send }
                        },
                        _ => rsx! {
                            p { class: "mute", {text.say(Word::VerifyLead)} }
                            Papers { photos, form, faults, busy, on_send }
                        },
                    },
                }
            }
        }
    }
}

/// The form.
#[component]
fn Papers(photos: PhotoFields, form: Signal<VerificationForm>, faults: VerificationFaults, busy: bool, on_send: EventHandler) -> Element {
    let text = text();
    // Whoever sent something faulty is led to the first fault.
    use_effect(use_reactive(&faults, |faults| {
        if faults.any() {
            document::eval("setTimeout(() => document.querySelector('.field-fault')?.scrollIntoView({ block: 'center' }), 50)");
        }
    }));
    let send = move |event: FormEvent| {
        event.prevent_default();
        if !busy {
            on_send.call(());
        }
    };
    rsx! {
        form { class: "verify-form", novalidate: true, aria_label: text.say(Word::VerifyTitle), onsubmit: send,
            Identity { id_card: photos.id_card, selfie: photos.selfie, form, faults }
            section { class: "card",
                Step { number: 2, title: text.say(Word::VerifySkills), lead: text.say(Word::VerifySkillsLead) }
                {photos.certificates}
                {photos.portfolio}
            }
            Account { form, faults }
            if faults.any() {
                Notice { tone: Tone::Bad, text: text.say(faults.photos.unwrap_or(Word::VerifyFaults)) }
            }
            Button { kind: ButtonKind::Submit, label: text.say(if busy { Word::VerifySending } else { Word::VerifySend }), busy, test_id: "send-papers" }
            p { class: "small mute verify-safe",
                Glyph { icon: Icon::Lock, size: 16 }
                span { {text.say(Word::VerifySafe)} }
            }
        }
    }
}

/// Who she is.
#[component]
fn Identity(id_card: Element, selfie: Element, form: Signal<VerificationForm>, faults: VerificationFaults) -> Element {
    let text = text();
    let mut form = form;
    // The fields keep their own text.
    let start = use_hook(|| form.peek().clone());
    rsx! {
        section { class: "card",
            Step { number: 1, title: text.say(Word::VerifyIdentity), lead: text.say(Word::VerifyIdentityLead) }
            TextField {
                kind: FieldKind::Digits,
                name: "nik",
                label: text.say(Word::VerifyNik),
                hint: text.say(Word::VerifyNikHint),
                initial_value: start.nik,
                fault: faults.nik_words(text),
                on_typed: move |nik| form.write().nik = nik,
            }
            {id_card}
            {selfie}
        }
    }
}

/// Where her earnings go.
#[component]
fn Account(form: Signal<VerificationForm>, faults: VerificationFaults) -> Element {
    let text = text();
    let mut form = form;
    // The fields keep their own text.
    let start = use_hook(|| form.peek().clone());
    rsx! {
        section { class: "card",
            Step { number: 3, title: text.say(Word::VerifyBank), lead: text.say(Word::VerifyBankLead) }
            Bank { form, fault: faults.bank_name }
            TextField {
                kind: FieldKind::Digits,
                name: "bank-number",
                label: text.say(Word::VerifyNumber),
                initial_value: start.bank_number,
                fault: faults.bank_number.map(|word| text.say(word)),
                on_typed: move |number| form.write().bank_number = number,
            }
            TextField {
                kind: FieldKind::Name,
                name: "bank-holder",
                label: text.say(Word::VerifyHolder),
                hint: text.say(Word::VerifyHolderHint),
                initial_value: start.bank_holder,
                fault: faults.bank_holder.map(|word| text.say(word)),
                on_typed: move |holder| form.write().bank_holder = holder,
            }
        }
    }
}

/// Which bank: one of the large ones at a tap, any other in words.
#[component]
fn Bank(form: Signal<VerificationForm>, fault: Option<Word>) -> Element {
    let text = text();
    let mut form = form;
    let start = use_hook(|| form.peek().bank_name.clone());
    let named = use_memo(move || BANKS.into_iter().find(|bank| *bank == form.read().bank_name));
    let mut other = use_signal(|| !start.is_empty() && named.peek().is_none());
    let mut choices: Vec<Choice<Option<&'static str>>> = BANKS.iter().map(|bank| Choice::new(Some(*bank), *bank)).collect();
    choices.push(Choice::new(None, text.say(Word::VerifyBankOther)));
    let chosen = if other() { Some(None) } else { named().map(Some) };
    rsx! {
        div { class: "column",
            span { class: "strong small", {text.say(Word::VerifyBankName)} }
            Chips {
                label: text.say(Word::VerifyBankName),
                choices,
                chosen,
                on_choose: move |chosen: Option<&'static str>| {
                    other.set(chosen.is_none());
                    form.write().bank_name = chosen.unwrap_or_default().to_owned();
                },
            }
            if other() {
                TextField {
                    kind: FieldKind::Text,
                    name: "bank-name",
                    label: text.say(Word::VerifyBankName),
                    initial_value: form.peek().bank_name.clone(),
                    fault: fault.map(|word| text.say(word)),
                    on_typed: move |name| form.write().bank_name = name,
                }
            } else if let Some(fault) = fault {
                p { class: "field-fault", role: "alert", {text.say(fault)} }
            }
        }
    }
}

/// The head of a part of the form.
#[component]
fn Step(number: u8, title: String, lead: String) -> Element {
    rsx! {
        div { class: "row verify-step",
            span { class: "verify-number", aria_hidden: "true", "{number}" }
            div { class: "grow",
                h2 { "{title}" }
                p { class: "small mute", "{lead}" }
            }
        }
    }
}

/// Somebody has to look at the papers.
#[component]
fn Waiting(check: VerificationResponse, on_home: EventHandler) -> Element {
    let text = text();
    let bank = [check.bank_name, check.bank_account_number_masked].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    rsx! {
        section { class: "verify-state",
            span { class: "empty-icon", Glyph { icon: Icon::Clock, size: 28 } }
            h2 { class: "title-large", {text.say(Word::HomePendingTitle)} }
            p { class: "mute", {text.say(Word::HomePendingExplained)} }
        }
        section { class: "card", aria_label: text.say(Word::VerifySent),
            h3 { {text.say(Word::VerifySent)} }
            if let Some(nik) = check.id_card_number_masked {
                ValueLine { name: text.say(Word::VerifyNik), value: nik }
            }
            if !bank.is_empty() {
                ValueLine { name: text.say(Word::VerifyBank), value: bank }
            }
            if let Some(holder) = check.bank_account_name {
                ValueLine { name: text.say(Word::VerifyHolder), value: holder }
            }
        }
        Button { kind: ButtonKind::Soft, label: text.say(Word::JobHome), on_press: on_home }
    }
}

/// All is well.
#[component]
fn Approved(on_home: EventHandler) -> Element {
    let text = text();
    rsx! {
        section { class: "verify-state",
            span { class: "job-done", Glyph { icon: Icon::BadgeCheck, size: 32 } }
            h2 { class: "title-large", {text.say(Word::VerifyApproved)} }
            p { class: "mute", {text.say(Word::VerifyApprovedLead)} }
        }
        Button { kind: ButtonKind::Primary, label: text.say(Word::JobHome), on_press: on_home }
    }
}
