//! The frame around the screens.

use dioxus::prelude::*;

use super::Door;
use crate::App;
use crate::outside::{Outside, Wish};
use crate::text::{Language, Word, text, use_texts};

/// All of an app: draws where somebody stands and hands up what is wanted. Speaks `language` at first, and changes it by itself
/// before it says so.
#[component]
pub fn Frame(
    app: App,
    door: Door,
    language: Language,
    /// The time, again every second.
    now: ReadSignal<rapi_core::Timestamp>,
    on_wish: EventHandler<Wish>,
    on_language: EventHandler<Language>,
    /// What whoever is inside sees.
    children: Element,
) -> Element {
    let text = use_texts(language);
    let choose = move |language| {
        text.choose(language);
        on_language.call(language);
    };
    rsx! {
        div { class: "app", "data-app": app.slug(), lang: text.language().as_str(),
            match door {
                Door::Opening => rsx! { Opening {} },
                Door::Outside(view) => rsx! { Outside { view, now, on_wish, on_language: choose } },
                Door::Inside(_) => children,
            }
        }
    }
}

/// The moment before anything is known.
#[component]
fn Opening() -> Element {
    rsx! {
        main { class: "screen", "aria-busy": "true", aria_label: text().say(Word::Opening) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawn::drawn;
    use crate::outside::OutsideView;

    fn frame(app: App, door: Door) -> String {
        drawn(Language::Indonesian, move || {
            let now = use_signal(rapi_core::Timestamp::default);
            rsx! {
                Frame {
                    app,
                    now,
                    door: door.clone(),
                    language: Language::English,
                    on_wish: |_| {},
                    on_language: |_| {},
                }
            }
        })
    }

    #[test]
    fn each_app_wears_its_own_accent_and_speaks_the_language_it_was_given() {
        for app in App::ALL {
            let html = frame(app, Door::Outside(OutsideView::first(app)));
            assert!(html.contains(&format!("data-app=\"{}\"", app.slug())), "{html}");
            assert!(html.contains(app.title()) && html.contains("lang=\"en\"") && html.contains("Sign in"), "{html}");
        }
    }

    #[test]
    fn an_app_that_opens_draws_no_form() {
        let html = frame(App::Client, Door::Opening);
        assert!(html.contains("aria-busy=\"true\"") && !html.contains("<form"), "{html}");
    }
}
