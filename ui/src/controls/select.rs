//! Choosing one of many from a list that opens.

use dioxus::prelude::*;

use super::{Choice, Glyph, Icon};

/// One of many, named `label`; the platform shows the list.
#[component]
pub fn Select<T: Clone + PartialEq + 'static>(
    name: String,
    label: String,
    choices: Vec<Choice<T>>,
    chosen: Option<T>,
    on_choose: EventHandler<T>,
) -> Element {
    let id = format!("field-{name}");
    let values: Vec<T> = choices.iter().map(|choice| choice.value.clone()).collect();
    rsx! {
        div { class: "field",
            div { class: "field-box",
                select {
                    id: "{id}",
                    name: "{name}",
                    onchange: move |event| {
                        let at = event.value().parse::<usize>().ok();
                        if let Some(value) = at.and_then(|at| values.get(at)) {
                            on_choose.call(value.clone());
                        }
                    },
                    for (at, choice) in choices.iter().enumerate() {
                        option { key: "{choice.label}", value: "{at}", selected: chosen.as_ref() == Some(&choice.value), "{choice.label}" }
                    }
                }
                label { r#for: "{id}", "{label}" }
                span { class: "field-opens", aria_hidden: "true", Glyph { icon: Icon::ChevronDown, size: 18 } }
            }
        }
    }
}
