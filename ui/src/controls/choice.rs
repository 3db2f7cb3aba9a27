//! Choosing: one of a few, or yes and no.

use dioxus::prelude::*;

use super::{Glyph, Icon};

/// One thing that can be chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice<T> {
    /// What it stands for.
    pub value: T,
    /// Its name.
    pub label: String,
    /// Drawn before the name.
    pub icon: Option<Icon>,
}

impl<T> Choice<T> {
    /// `value`, named `label`.
    pub fn new(value: T, label: impl Into<String>) -> Self {
        Self { value, label: label.into(), icon: None }
    }

    /// With a drawing.
    #[must_use]
    pub const fn with_icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }
}

/// One of a few, as chips; `label` names the group. The chosen chip is pressed.
#[component]
pub fn Chips<T: Clone + PartialEq + 'static>(
    label: String,
    choices: Vec<Choice<T>>,
    chosen: Option<T>,
    on_choose: EventHandler<T>,
) -> Element {
    rsx! {
        div { class: "chips", role: "group", aria_label: "{label}",
            for (number, choice) in choices.into_iter().enumerate() {
                Chip { key: "{number}", pressed: chosen.as_ref() == Some(&choice.value), choice, on_press: on_choose }
            }
        }
    }
}

/// Any of a few, as chips; `label` names the group. Those chosen are pressed.
#[component]
pub fn ManyChips<T: Clone + PartialEq + 'static>(
    label: String,
    choices: Vec<Choice<T>>,
    chosen: Vec<T>,
    on_toggle: EventHandler<T>,
) -> Element {
    rsx! {
        div { class: "chips", role: "group", aria_label: "{label}",
            for (number, choice) in choices.into_iter().enumerate() {
                Chip { key: "{number}", pressed: chosen.contains(&choice.value), choice, on_press: on_toggle }
            }
        }
    }
}

/// One chip of a group.
#[component]
fn Chip<T: Clone + PartialEq + 'static>(choice: Choice<T>, pressed: bool, on_press: EventHandler<T>) -> Element {
    rsx! {
        button {
            class: "chip",
            r#type: "button",
            aria_pressed: if pressed { "true" } else { "false" },
            onclick: move |_| on_press.call(choice.value.clone()),
            if let Some(icon) = choice.icon {
                Glyph { icon, size: 16 }
            }
            "{choice.label}"
        }
    }
}

/// Sheets of one screen, one of which is seen.
#[component]
pub fn Tabs<T: Clone + PartialEq + 'static>(label: String, choices: Vec<Choice<T>>, chosen: T, on_choose: EventHandler<T>) -> Element {
    rsx! {
        div { class: "tabs", role: "tablist", aria_label: "{label}",
            for (number, choice) in choices.into_iter().enumerate() {
                button {
                    key: "{number}",
                    class: "tab",
                    r#type: "button",
                    role: "tab",
                    aria_selected: if chosen == choice.value { "true" } else { "false" },
                    onclick: {
                        let value = choice.value.clone();
                        move |_| on_choose.call(value.clone())
                    },
                    "{choice.label}"
                }
            }
        }
    }
}

/// On or off; says `label`.
#[component]
pub fn Switch(label: String, on: bool, #[props(default)] busy: bool, on_switch: EventHandler<bool>) -> Element {
    rsx! {
        button {
            class: "switch",
            r#type: "button",
            role: "switch",
            aria_checked: if on { "true" } else { "false" },
            "aria-busy": busy.then_some("true"),
            onclick: move |_| {
                if !busy {
                    on_switch.call(!on);
                }
            },
            span { class: "switch-label", "{label}" }
            span { class: "switch-track", aria_hidden: "true", span { class: "switch-knob" } }
        }
    }
}
