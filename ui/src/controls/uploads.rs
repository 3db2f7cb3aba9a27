//! Photos on their way to the backend.

use dioxus::prelude::*;

use super::{FilePicker, Glyph, Icon, PickedFile};
use crate::text::{Word, text};

/// How far a photo is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UploadState {
    /// On its way.
    Sending,
    /// There, at this address of the backend.
    Sent(String),
    /// It did not arrive; may be sent again.
    Failed,
}

/// A photo on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Tells it from the others.
    pub id: u64,
    /// The photo itself, as a `data:` address; nothing for one that only the backend has.
    pub preview: Option<String>,
    /// How far it is.
    pub state: UploadState,
}

/// Photos beside each other, to be added, sent again and taken away; `most` of them.
#[component]
pub fn PhotosField(
    label: String,
    uploads: Vec<Upload>,
    most: usize,
    on_pick: EventHandler<PickedFile>,
    on_unreadable: EventHandler,
    on_remove: EventHandler<u64>,
    on_again: EventHandler<u64>,
) -> Element {
    let left = most.saturating_sub(uploads.len());
    rsx! {
        div { class: "photos", role: "group", aria_label: "{label}",
            if !uploads.is_empty() {
                div { class: "photos-grid",
                    for (at, upload) in uploads.into_iter().enumerate() {
                        PhotoTile { key: "{upload.id}", upload, number: at + 1, on_remove, on_again }
                    }
                }
            }
            if left > 0 {
                div { FilePicker { label: label.clone(), most: left, on_pick, on_unreadable } }
            }
        }
    }
}

#[component]
fn PhotoTile(upload: Upload, number: usize, on_remove: EventHandler<u64>, on_again: EventHandler<u64>) -> Element {
    let (text, id) = (text(), upload.id);
    let name = text.fill(Word::PhotoNumber, [("number", number)]);
    let kept = match &upload.state {
        UploadState::Sent(url) => Some(url.clone()),
        _ => None,
    };
    rsx! {
        div { class: "photo-tile", "aria-busy": (upload.state == UploadState::Sending).then_some("true"),
            match (&upload.preview, kept) {
                (Some(preview), _) => rsx! { img { class: "picture", src: "{preview}", alt: "{name}" } },
                (None, url) => rsx! { super::Picture { url, alt: name.clone() } },
            }
            match &upload.state {
                UploadState::Sending => rsx! { span { class: "photo-veil", role: "status", aria_label: text.say(Word::PhotoSending), span { class: "photo-turns" } } },
                UploadState::Failed => rsx! {
                    button { class: "photo-veil", r#type: "button", aria_label: text.fill(Word::PhotoAgain, [("number", number)]), onclick: move |_| on_again.call(id),
                        Glyph { icon: Icon::RefreshCw, size: 22 }
                    }
                },
                UploadState::Sent(_) => rsx! {},
            }
            button { class: "photo-remove", r#type: "button", aria_label: text.fill(Word::PhotoRemove, [("number", number)]), onclick: move |_| on_remove.call(id),
                span { Glyph { icon: Icon::X, size: 14 } }
            }
        }
    }
}
