//! Photos on their way to the backend.

use dioxus::prelude::*;

use super::{FilePicker, Glyph, Icon, PickedFile, PickerShape};
use crate::text::{Word, text};

/// How far a photo has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UploadState {
    /// On its way.
    Sending,
    /// It did not get there, for the reason of this stable code; may be sent again.
    Failed(String),
    /// There.
    Sent {
        /// The backend's name for it, which goes into the request it is for.
        url: String,
    },
}

/// A photo that was picked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Tells it from the others.
    pub id: u64,
    /// What it is called.
    pub name: String,
    /// It in small, as a `data:` address; nothing while one that was sent earlier is not here yet.
    pub preview: Option<String>,
    /// How far it has come.
    pub state: UploadState,
}

/// The names, at the backend, of all that has got there.
#[must_use]
pub fn sent_urls(uploads: &[Upload]) -> Vec<String> {
    let sent = uploads.iter().filter_map(|upload| match &upload.state {
        UploadState::Sent { url } => Some(url.clone()),
        UploadState::Sending | UploadState::Failed(_) => None,
    });
    sent.collect()
}

/// Is none on its way, and none stuck?
#[must_use]
pub fn all_sent(uploads: &[Upload]) -> bool {
    uploads.iter().all(|upload| matches!(upload.state, UploadState::Sent { .. }))
}

/// Up to `most` photos for `label`: shows each with how far it has come, sends again what failed, takes away, and adds.
#[component]
pub fn PhotoUploads(
    label: String,
    hint: Option<String>,
    /// What is missing or wrong.
    fault: Option<String>,
    uploads: Vec<Upload>,
    most: usize,
    on_picked: EventHandler<PickedFile>,
    #[props(default)] on_unreadable: EventHandler<String>,
    on_remove: EventHandler<u64>,
    on_retry: EventHandler<u64>,
    #[props(default = Icon::Camera)] icon: Icon,
    test_id: Option<String>,
) -> Element {
    let text = text();
    let add = if uploads.is_empty() { Word::PhotoPick } else { Word::PhotoAdd };
    let shape = if most == 1 || uploads.is_empty() { PickerShape::Wide } else { PickerShape::Tile };
    let has_room = uploads.len() < most;
    rsx! {
        div { class: "uploads", role: "group", aria_label: "{label}",
            div { class: "uploads-words",
                span { class: "strong", "{label}" }
                if let Some(fault) = fault {
                    span { class: "field-fault", role: "alert", "{fault}" }
                } else if let Some(hint) = hint {
                    span { class: "small mute", "{hint}" }
                }
            }
            div { class: "uploads-row",
                for upload in uploads {
                    PhotoUpload { key: "{upload.id}", upload, large: most == 1, on_remove, on_retry }
                }
                if has_room {
                    FilePicker { label: text.say(add), on_picked, on_unreadable, multiple: most > 1, shape, icon, test_id }
                }
            }
        }
    }
}

/// One of them.
#[component]
fn PhotoUpload(upload: Upload, large: bool, on_remove: EventHandler<u64>, on_retry: EventHandler<u64>) -> Element {
    let text = text();
    let id = upload.id;
    let name = |word| text.fill(word, [("name", upload.name.clone())]);
    rsx! {
        div { class: if large { "upload upload-large" } else { "upload" },
            match (&upload.preview, &upload.state) {
                (Some(preview), _) => rsx! { img { src: "{preview}", alt: "{upload.name}" } },
                (None, UploadState::Sent { url }) => rsx! { super::Picture { url: Some(url.clone()), alt: upload.name.clone() } },
                (None, _) => rsx! { span { class: "upload-blank", role: "img", aria_label: "{upload.name}", Glyph { icon: Icon::Image, size: 22 } } },
            }
            match &upload.state {
                UploadState::Sending => rsx! {
                    span { class: "upload-veil", role: "status", aria_label: name(Word::PhotoSending),
                        span { class: "upload-turning" }
                    }
                },
                UploadState::Failed(code) => rsx! {
                    button {
                        class: "upload-veil upload-failed",
                        r#type: "button",
                        title: text.problem(code),
                        aria_label: name(Word::PhotoRetry),
                        onclick: move |_| on_retry.call(id),
                        Glyph { icon: Icon::RefreshCw, size: 22 }
                        span { {text.say(Word::TryAgain)} }
                    }
                },
                UploadState::Sent { .. } => rsx! {},
            }
            button { class: "upload-remove", r#type: "button", aria_label: name(Word::PhotoRemove), title: name(Word::PhotoRemove), onclick: move |_| on_remove.call(id),
                span { class: "upload-cross", Glyph { icon: Icon::X, size: 16 } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawn::drawn;
    use crate::text::Language;

    fn upload(id: u64, state: UploadState) -> Upload {
        Upload { id, name: format!("{id}.jpg"), preview: None, state }
    }

    fn sent(id: u64) -> Upload {
        upload(id, UploadState::Sent { url: format!("/api/v1/media/{id}") })
    }

    #[test]
    fn only_what_got_there_has_a_name_at_the_backend() {
        let uploads = [sent(1), upload(2, UploadState::Sending), upload(3, UploadState::Failed("network".into())), sent(4)];
        assert_eq!(sent_urls(&uploads), ["/api/v1/media/1", "/api/v1/media/4"]);
        assert_eq!([all_sent(&uploads), all_sent(&uploads[..1]), all_sent(&[])], [false, true, true]);
    }

    #[test]
    fn a_failed_photo_can_be_sent_again_and_a_full_row_takes_no_more() {
        let html = |most| {
            drawn(Language::Indonesian, move || {
                let uploads = vec![sent(1), upload(2, UploadState::Failed("network".into()))];
                rsx! {
                    PhotoUploads { label: "Foto", uploads, most, on_picked: |_| {}, on_remove: |_| {}, on_retry: |_| {} }
                }
            })
        };
        assert!(html(2).contains("Kirim ulang 2.jpg") && html(2).contains("Hapus 1.jpg"), "{}", html(2));
        assert!(html(3).contains("data-picks") && !html(2).contains("data-picks"));
    }
}
