//! Stars.

use dioxus::prelude::*;

use super::{Glyph, Icon};
use crate::text::{Word, text};

/// Chooses one to five stars; `label` says of what.
#[component]
pub fn StarsInput(label: String, stars: i32, on_choose: EventHandler<i32>) -> Element {
    rsx! {
        div { class: "stars", role: "radiogroup", aria_label: "{label}",
            for star in 1..=5 {
                button {
                    key: "{star}",
                    class: if star <= stars { "star star-on" } else { "star" },
                    r#type: "button",
                    role: "radio",
                    aria_checked: if star == stars { "true" } else { "false" },
                    aria_label: text().fill(Word::StarsOf, [("stars", star)]),
                    onclick: move |_| on_choose.call(star),
                    Glyph { icon: Icon::Star, size: 36 }
                }
            }
        }
    }
}

/// An average, `4,8`, with a star; nothing said before the first rating.
#[component]
pub fn Average(rating: Option<f64>) -> Element {
    let text = text();
    match rating {
        Some(rating) => rsx! {
            span { class: "average", aria_label: text.fill(Word::AverageOf, [("stars", crate::formats::decimal(rating, text.language()))]),
                Glyph { icon: Icon::Star, size: 14 }
                {crate::formats::decimal(rating, text.language())}
            }
        },
        None => rsx! {
            span { class: "average average-none", {text.say(Word::NoRatingYet)} }
        },
    }
}
