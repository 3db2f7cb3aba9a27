//! The inbox on the screen.

use dioxus::prelude::*;
use rapi_core::Timestamp;
use rapi_core::orders::Zone;

use super::NoticeView;
use crate::controls::{Empty, Glyph, Icon, ListEnd, ListState, TopBar};
use crate::formats::Zoned;
use crate::text::{Word, text};

/// Newest first; opening one reads it.
#[component]
pub fn NoticesScreen(
    notices: Option<Vec<NoticeView>>,
    state: ListState,
    now: Timestamp,
    on_open: EventHandler<NoticeView>,
    on_read_all: EventHandler,
    on_more: EventHandler,
    on_retry: EventHandler,
    on_back: EventHandler,
) -> Element {
    let text = text();
    let has_new = notices.iter().flatten().any(|notice| notice.is_new);
    rsx! {
        main { class: "screen",
            div { class: "screen-head",
                TopBar {
                    title: text.say(Word::Notices),
                    on_back,
                    end: has_new.then(|| rsx! {
                        button { class: "link", r#type: "button", onclick: move |_| on_read_all.call(()), {text.say(Word::NoticesReadAll)} }
                    }),
                }
            }
            div { class: "screen-body",
                match notices {
                    Some(notices) if notices.is_empty() => rsx! {
                        Empty { icon: Icon::Bell, title: text.say(Word::NoticesEmpty), advice: text.say(Word::NoticesEmptyAdvice) }
                    },
                    Some(notices) => rsx! {
                        div { class: "lines",
                            for notice in notices {
                                Notice { key: "{notice.id}", notice, now, on_open }
                            }
                        }
                    },
                    None => rsx! {},
                }
                ListEnd { state, on_more, on_retry }
            }
        }
    }
}

#[component]
fn Notice(notice: NoticeView, now: Timestamp, on_open: EventHandler<NoticeView>) -> Element {
    let text = text();
    let when = Zoned::within(notice.at, Zone::Western).when(now, text);
    let opened = notice.clone();
    rsx! {
        button {
            class: if notice.is_new { "line line-opens notice-line notice-line-new" } else { "line line-opens notice-line" },
            r#type: "button",
            onclick: move |_| on_open.call(opened.clone()),
            span { class: "line-icon", Glyph { icon: notice.icon, size: 22 } }
            span { class: "line-words",
                span { class: "line-title", "{notice.title}" }
                span { class: "line-detail", "{notice.message}" }
                span { class: "mute tiny", "{when}" }
            }
            if notice.is_new {
                span { class: "notice-dot", role: "img", aria_label: text.say(Word::NoticeNew) }
            }
        }
    }
}
