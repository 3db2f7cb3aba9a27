//! The profile: where everything about oneself begins.

use dioxus::prelude::*;
use rapi_core::wire::people::{UserSummary, VerificationStatus};

use crate::App;
use crate::controls::{Avatar, Icon, LanguageSwitch, ListLine, Question, VerifiedBadge};
use crate::formats::phone;
use crate::text::{Language, Word, text};

/// Who one is, and what can be done about it; `more` stands among the lines.
#[component]
pub fn ProfileScreen(
    app: App,
    user: UserSummary,
    photo: Option<String>,
    on_name: EventHandler,
    on_phone: EventHandler,
    on_addresses: Option<EventHandler>,
    on_devices: EventHandler,
    on_language: EventHandler<Language>,
    on_sign_out: EventHandler,
    more: Option<Element>,
    /// Changes the photo.
    photo_picker: Element,
) -> Element {
    let text = text();
    let mut leaving = use_signal(|| false);
    let is_approved = user.verification_status.known() == Some(&VerificationStatus::Approved);
    let number = user.phone.as_deref().map_or_else(|| text.say(Word::PhoneMissing), phone);
    rsx! {
        main { class: "screen",
            div { class: "screen-head", h1 { {text.say(Word::Profile)} } }
            div { class: "screen-body",
                div { class: "profile-head",
                    Avatar { name: user.full_name.clone(), photo, large: true }
                    div { class: "grow",
                        p { class: "profile-name break",
                            "{user.full_name} "
                            if is_approved {
                                VerifiedBadge {}
                            }
                        }
                        p { class: "mute small break", "{user.email}" }
                        p { class: "mute small", {text.say(app.role())} }
                    }
                }
                {photo_picker}
                div { class: "lines",
                    ListLine { icon: Icon::User, title: text.say(Word::EditName), detail: user.full_name.clone(), on_open: on_name }
                    ListLine { icon: Icon::Phone, title: text.say(Word::RegisterPhone), detail: number, on_open: on_phone }
                    if let Some(on_addresses) = on_addresses {
                        ListLine { icon: Icon::MapPin, title: text.say(Word::Addresses), on_open: on_addresses }
                    }
                    {more}
                    ListLine { icon: Icon::Smartphone, title: text.say(Word::Devices), on_open: on_devices }
                    ListLine { icon: Icon::Globe, title: text.say(Word::Language), end: rsx! { LanguageSwitch { on_language } } }
                    ListLine { icon: Icon::LogOut, title: text.say(Word::SignOut), on_open: move |()| leaving.set(true) }
                }
            }
            if leaving() {
                Question {
                    title: text.say(Word::SignOutAsk),
                    explained: text.say(Word::SignOutExplained),
                    yes: text.say(Word::SignOut),
                    on_yes: on_sign_out,
                    on_close: move |()| leaving.set(false),
                }
            }
        }
    }
}
