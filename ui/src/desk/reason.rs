//! A decision that needs a reason, and a second look.

use dioxus::prelude::*;

use crate::controls::{Button, ButtonKind, TextArea, typed};
use crate::text::{Word, text};

/// Asks why, with `templates` to start from, before something that cannot be taken back. Sends the words that stand there then.
#[component]
pub fn ReasonForm(
    title: String,
    explained: String,
    /// Name of the field.
    label: String,
    /// Whole sentences to begin with.
    #[props(default)]
    templates: Vec<String>,
    /// Names the decision on the button.
    yes: String,
    #[props(default)] busy: bool,
    on_send: EventHandler<String>,
    on_close: EventHandler,
) -> Element {
    let text = text();
    let mut begun = use_signal(|| (0u32, String::new()));
    let mut is_missing = use_signal(|| false);
    let send = move |event: FormEvent| {
        event.prevent_default();
        let reason = typed(&event, "reason").trim().to_owned();
        is_missing.set(reason.is_empty());
        if !reason.is_empty() && !busy {
            on_send.call(reason);
        }
    };
    let (round, beginning) = begun();
    rsx! {
        form { class: "desk-reason", aria_label: "{title}", onsubmit: send,
            onkeydown: move |event| {
                event.stop_propagation();
                if event.key() == Key::Escape {
                    on_close.call(());
                }
            },
            div { class: "column tight",
                h3 { class: "desk-reason-title", "{title}" }
                p { class: "mute small", "{explained}" }
            }
            if !templates.is_empty() {
                div { class: "chips", role: "group", aria_label: text.say(Word::AdminTemplates),
                    for template in templates {
                        button {
                            key: "{template}",
                            class: "chip desk-reason-template",
                            r#type: "button",
                            aria_pressed: if begun.read().1 == template { "true" } else { "false" },
                            onclick: {
                                let template = template.clone();
                                move |_| begun.set((round + 1, template.clone()))
                            },
                            "{template}"
                        }
                    }
                }
            }
            TextArea {
                key: "{round}",
                name: "reason",
                label,
                initial_value: beginning,
                fault: is_missing().then(|| text.say(Word::AdminReasonMissing)),
            }
            div { class: "pair",
                Button { kind: ButtonKind::Line, small: true, label: text.say(Word::Back), on_press: on_close }
                SendButton { label: yes, busy }
            }
        }
    }
}

/// Sends the form, and looks as final as it is.
#[component]
fn SendButton(label: String, busy: bool) -> Element {
    let while_busy = busy.then_some("true");
    rsx! {
        button { class: "button button-danger button-small", r#type: "submit", "aria-busy": while_busy, "aria-disabled": while_busy, "{label}" }
    }
}
