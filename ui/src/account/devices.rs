//! Where one is signed in.

use dioxus::prelude::*;
use rapi_core::Timestamp;
use rapi_core::orders::Zone;
use rapi_core::wire::auth::SessionItem;

use crate::controls::{Button, ButtonKind, Failed, Icon, ListLine, Question, Shape, Skeleton, Tag, TagTone, TopBar};
use crate::formats::{Zoned, device};
use crate::text::{Word, text};

/// The living sessions, this one first; each but this one can be ended.
#[component]
pub fn DevicesScreen(
    sessions: Option<Vec<SessionItem>>,
    fault: Option<String>,
    busy: bool,
    now: Timestamp,
    on_end: EventHandler<uuid::Uuid>,
    on_retry: EventHandler,
    on_back: EventHandler,
) -> Element {
    let text = text();
    let mut ending = use_signal(|| None::<uuid::Uuid>);
    let sessions = sessions.map(|mut sessions| {
        sessions.sort_by_key(|session| !session.is_current);
        sessions
    });
    rsx! {
        main { class: "screen",
            div { class: "screen-head", TopBar { title: text.say(Word::Devices), on_back } }
            div { class: "screen-body",
                match (sessions, fault) {
                    (Some(sessions), _) => rsx! {
                        div { class: "lines",
                            for session in sessions {
                                ListLine {
                                    key: "{session.id}",
                                    icon: Icon::Smartphone,
                                    title: session.user_agent.as_deref().map_or_else(|| text.say(Word::DeviceUnknown), device),
                                    detail: text.fill(Word::DeviceLastSeen, [("when", Zoned::within(session.last_used_at, Zone::Western).when(now, text))]),
                                    end: rsx! {
                                        if session.is_current {
                                            Tag { tone: TagTone::Good, label: text.say(Word::DeviceThis) }
                                        } else {
                                            Button { kind: ButtonKind::Soft, small: true, label: text.say(Word::DeviceEnd), on_press: move |()| ending.set(Some(session.id)) }
                                        }
                                    },
                                }
                            }
                        }
                    },
                    (None, Some(code)) => rsx! { Failed { code, on_retry } },
                    (None, None) => rsx! { Skeleton { lines: 3, shape: Shape::Lines } },
                }
            }
            if let Some(id) = ending() {
                Question {
                    title: text.say(Word::DeviceEndAsk),
                    explained: text.say(Word::DeviceEndExplained),
                    yes: text.say(Word::DeviceEnd),
                    busy,
                    on_yes: move |()| {
                        on_end.call(id);
                        ending.set(None);
                    },
                    on_close: move |()| ending.set(None),
                }
            }
        }
    }
}
