//! Changing working hours.

use dioxus::prelude::*;

use super::HoursDraft;
use super::hours::{HoursFault, Span};
use crate::controls::{FieldKind, Icon, IconButton, Switch, TextField};
use crate::text::{Word, text};

/// The names of the two fields of a part of a day.
pub(super) fn field_names(span: &Span) -> (String, String) {
    (format!("hours-from-{}", span.id), format!("hours-to-{}", span.id))
}

/// Days and their parts; the times stand in fields of the form around it.
#[component]
pub fn HoursEditor(draft: Signal<HoursDraft>, fault: Option<HoursFault>) -> Element {
    let text = text();
    let mut draft = draft;
    let names = text.say(Word::DaysLong);
    let names: Vec<String> = names.split_whitespace().map(str::to_owned).collect();
    let always = draft.read().always;
    rsx! {
        div { class: "hours-editor",
            div { class: "hours-always",
                Switch { label: text.say(Word::HoursAlways), on: always, on_switch: move |on| draft.write().always = on }
            }
            if !always {
                for (day, name) in names.into_iter().enumerate() {
                    Day { key: "{day}", day, name, draft, is_faulty: fault.is_some_and(|fault| fault.day == day) }
                }
            }
        }
    }
}

/// One day.
#[component]
fn Day(day: usize, name: String, draft: Signal<HoursDraft>, is_faulty: bool) -> Element {
    let text = text();
    let mut draft = draft;
    let spans = draft.read().days[day].clone();
    let works = !spans.is_empty();
    rsx! {
        section { class: "hours-day", aria_label: "{name}",
            div { class: "between",
                Switch { label: name.clone(), on: works, on_switch: move |_| draft.write().toggle(day) }
                if works {
                    IconButton { icon: Icon::Plus, label: text.fill(Word::HoursAdd, [("day", name.clone())]), on_press: move |()| draft.write().add(day) }
                } else {
                    span { class: "small mute", {text.say(Word::HoursFree)} }
                }
            }
            for span in spans {
                div { key: "{span.id}", class: "hours-span",
                    TextField { kind: FieldKind::Time, name: field_names(&span).0, label: text.say(Word::HoursFrom), initial_value: span.from.clone() }
                    TextField { kind: FieldKind::Time, name: field_names(&span).1, label: text.say(Word::HoursTo), initial_value: span.to.clone() }
                    IconButton { icon: Icon::Trash2, label: text.fill(Word::HoursRemove, [("day", name.clone())]), on_press: move |()| draft.write().remove(day, span.id) }
                }
            }
            if is_faulty {
                p { class: "field-fault", role: "alert", {text.say(Word::HoursFaulty)} }
            }
        }
    }
}
