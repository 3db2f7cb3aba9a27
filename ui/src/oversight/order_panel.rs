//! An order beside the list: who, where, how far, what it costs, and why nobody came.

use dioxus::prelude::*;
use rapi_core::values::{Id, User};
use rapi_core::wire::admin::DispatchExplanation;

use super::{DispatchSection, OrderView};
use crate::controls::{Awaited, Button, ButtonKind, Failed, Glyph, Icon, Notice, Skeleton, Tag, Tone, ValueLine};
use crate::desk::{Fact, Facts, Nothing, Panel, ReasonForm, Section};
use crate::text::{Word, text};

/// An order and why each provider was, or was not, offered it.
#[component]
pub fn OrderPanel(
    view: Awaited<OrderView>,
    /// Name of its category.
    category: Option<String>,
    dispatch: Awaited<DispatchExplanation>,
    /// Photos as `data:` addresses.
    photos: Option<Element>,
    #[props(default)] busy: bool,
    on_cancel: EventHandler<String>,
    on_person: EventHandler<Id<User>>,
    on_retry: EventHandler,
    on_close: EventHandler,
) -> Element {
    let text = text();
    let view = match view {
        Awaited::Here(view) => view,
        Awaited::Loading => return rsx! { Panel { title: text.say(Word::Loading), on_close, Skeleton { lines: 9 } } },
        Awaited::Failed(code) => return rsx! { Panel { title: text.say(Word::AdminOrders), on_close, Failed { code, on_retry } } },
    };
    let (tone, status) = &view.status;
    let foot = view.can_cancel.then(|| rsx! { Cancel { busy, on_cancel } });
    let category = category.unwrap_or_else(|| view.category.say(text));
    rsx! {
        Panel { title: view.number.clone(), detail: category, mark: rsx! { Tag { tone: *tone, label: status.say(text) } }, foot, on_close,
            if let Some(reason) = &view.cancelled {
                Notice { tone: Tone::Warn, text: text.fill(Word::AdminCancelledBecause, [("reason", reason.say(text))]) }
            }
            if view.clock_is_unsure {
                Notice { tone: Tone::Warn, text: text.say(Word::AdminClockUnsure) }
            }
            Parties { view: view.clone(), on_person }
            Work { view: view.clone() }
            if let Some(photos) = photos {
                Section { heading: text.say(Word::AdminPhotos), {photos} }
            }
            if !view.notes.is_empty() {
                Section { heading: text.say(Word::NotesTitle), Facts { facts: view.notes.iter().map(|(by, words)| Fact::new(text.say(*by), words.clone())).collect::<Vec<_>>() } }
            }
            Bill { view: view.clone() }
            if !view.steps.is_empty() {
                Section { heading: text.say(Word::AdminTimeline), Steps { view: view.clone() } }
            }
            Section { heading: text.say(Word::AdminDispatch),
                match dispatch {
                    Awaited::Here(dispatch) => rsx! { DispatchSection { dispatch, time_zone: view.time_zone.clone() } },
                    Awaited::Loading => rsx! { Skeleton { lines: 3 } },
                    Awaited::Failed(code) => rsx! { Nothing { said: text.problem(&code) } },
                }
            }
        }
    }
}

/// Calls the order off, after a second look.
#[component]
fn Cancel(busy: bool, on_cancel: EventHandler<String>) -> Element {
    let text = text();
    let mut is_asking = use_signal(|| false);
    let templates = [Word::AdminCancelUnsafe, Word::AdminCancelAsked, Word::AdminCancelFraud].map(|word| text.say(word)).to_vec();
    rsx! {
        if is_asking() {
            ReasonForm {
                title: text.say(Word::AdminCancelTitle),
                explained: text.say(Word::AdminCancelExplained),
                label: text.say(Word::AdminReason),
                templates,
                yes: text.say(Word::AdminCancelYes),
                busy,
                on_send: on_cancel,
                on_close: move |()| is_asking.set(false),
            }
        } else {
            Button { kind: ButtonKind::Danger, small: true, icon: Icon::X, label: text.say(Word::AdminCancel), on_press: move |()| is_asking.set(true) }
        }
    }
}

/// Who asked and who does it; each leads to the person.
#[component]
fn Parties(view: OrderView, on_person: EventHandler<Id<User>>) -> Element {
    let text = text();
    let people = [(Word::RoleClient, Some(view.client)), (Word::RoleProvider, view.provider)];
    rsx! {
        div { class: "desk-parties",
            for (role, person) in people {
                match person {
                    Some((id, name)) => rsx! {
                        button { class: "desk-party", r#type: "button", onclick: move |_| on_person.call(id),
                            span { class: "tiny mute", {text.say(role)} }
                            span { class: "strong break", "{name}" }
                        }
                    },
                    None => rsx! {
                        div { class: "desk-party desk-party-none",
                            span { class: "tiny mute", {text.say(role)} }
                            span { class: "mute", {text.say(Word::AdminNobodyYet)} }
                        }
                    },
                }
            }
        }
    }
}

/// What is to be done, where and when.
#[component]
fn Work(view: OrderView) -> Element {
    let text = text();
    let time = |at: crate::formats::Zoned| format!("{}, {}", at.day(text), at.clock_with_zone(text.language()));
    let mut facts = vec![
        Fact::new(text.say(Word::AdminAddress), view.address.clone()),
        Fact::new(text.say(Word::AdminOrdered), time(view.ordered)),
        Fact::new(text.say(Word::AdminWanted), time(view.wanted)),
        Fact::new(text.say(Word::AdminRate), text.fill(Word::AdminRatePer, [("amount", view.rate.to_string())])),
    ];
    if let Some(cap) = view.cap {
        facts.push(Fact::new(text.say(Word::AdminCap), cap.to_string()));
    }
    if let Some(minutes) = view.minutes {
        facts.push(Fact::new(text.say(Word::AdminWorked), crate::formats::duration_words(minutes, text)));
    }
    facts.push(Fact::new(text.say(Word::AdminMethod), view.method.say(text)));
    rsx! {
        Section { heading: text.say(Word::AdminWork),
            if let Some(said) = &view.description {
                p { class: "break", "{said}" }
            }
            Facts { facts }
        }
    }
}

/// The bill, how far it is paid, and the stars.
#[component]
fn Bill(view: OrderView) -> Element {
    let text = text();
    if view.bill.is_empty() {
        return rsx! {};
    }
    rsx! {
        Section { heading: text.say(Word::AdminBill),
            for line in &view.bill {
                ValueLine { key: "{line.name.key()}", name: text.say(line.name), value: line.amount.to_string(), strong: line.is_sum }
            }
            if let Some((tone, status)) = &view.paid {
                div { class: "row", Tag { tone: *tone, label: status.say(text) } }
            }
            if let Some((stars, review)) = &view.rating {
                div { class: "row small",
                    span { class: "average", Glyph { icon: Icon::Star, size: 16 } "{stars}" }
                    if let Some(review) = review {
                        span { class: "break", "“{review}”" }
                    }
                }
            }
        }
    }
}

/// Its life so far, oldest first.
#[component]
fn Steps(view: OrderView) -> Element {
    let text = text();
    rsx! {
        ol { class: "trail",
            for (at, step) in view.steps.iter().enumerate() {
                li { key: "{at}", class: "trail-step",
                    span { class: "strong", {step.became.say(text)} }
                    span { class: "small mute",
                        {step.at.day(text)}
                        ", "
                        {step.at.clock(text.language())}
                        " · "
                        {step.by.say(text)}
                    }
                }
            }
        }
    }
}
