//! Photos that are sent as soon as they are picked.

use std::collections::HashMap;

use dioxus::prelude::*;
use rapi_core::wire::people::MediaPurpose;
use rapi_engine::Engine;
use rapi_ui::controls::{Icon, PhotoUploads, PickedFile, Tone, Upload, UploadState, all_sent, sent_urls};
use rapi_ui::text::{Word, text};

use super::{Toaster, use_engine, use_toaster};

/// The photos of one field. Copies are the same.
#[derive(Clone, Copy)]
pub struct Uploading {
    purpose: MediaPurpose,
    engine: Signal<Engine>,
    toaster: Toaster,
    photos: Signal<Vec<Upload>>,
    /// What is to be sent again if it does not get there.
    bytes: Signal<HashMap<u64, Vec<u8>>>,
    next: Signal<u64>,
}

/// For a field of photos for `purpose`: see [`Uploading`].
#[must_use]
pub fn use_uploading(purpose: MediaPurpose) -> Uploading {
    let engine = use_engine();
    Uploading {
        purpose,
        engine: use_signal(|| engine),
        toaster: use_toaster(),
        photos: use_signal(Vec::new),
        bytes: use_signal(HashMap::new),
        next: use_signal(|| 1),
    }
}

impl Uploading {
    /// All of them, as the field shows them.
    #[must_use]
    pub fn photos(&self) -> Vec<Upload> {
        self.photos.read().clone()
    }

    /// The backend's names of all that got there.
    #[must_use]
    pub fn urls(&self) -> Vec<String> {
        sent_urls(&self.photos.read())
    }

    /// Is none on its way, and none stuck?
    #[must_use]
    pub fn is_settled(&self) -> bool {
        all_sent(&self.photos.read())
    }

    /// Shows photos that were sent earlier, by their names at the backend.
    pub fn keep(mut self, urls: &[String]) {
        for url in urls {
            let id = self.new_id();
            let state = UploadState::Sent { url: url.clone() };
            self.photos.write().push(Upload { id, name: id.to_string(), preview: None, state });
        }
    }

    /// Shows nothing any more.
    pub fn clear(mut self) {
        self.photos.set(Vec::new());
        self.bytes.set(HashMap::new());
    }

    /// Takes a photo in and sends it.
    pub fn add(mut self, file: PickedFile) {
        let id = self.new_id();
        self.photos.write().push(Upload { id, name: file.name, preview: Some(file.preview), state: UploadState::Sending });
        self.bytes.write().insert(id, file.bytes);
        self.send(id);
    }

    /// Says that a file is no photo.
    pub fn refuse(self, name: String) {
        self.toaster.say(Tone::Warn, text().fill(Word::PhotoUnreadable, [("name", name)]));
    }

    /// Sends a photo again.
    pub fn retry(mut self, id: u64) {
        self.mark(id, UploadState::Sending);
        self.send(id);
    }

    /// Takes a photo away.
    pub fn remove(mut self, id: u64) {
        self.photos.write().retain(|upload| upload.id != id);
        self.bytes.write().remove(&id);
    }

    fn new_id(&mut self) -> u64 {
        let id = *self.next.peek();
        self.next.set(id + 1);
        id
    }

    fn mark(&mut self, id: u64, state: UploadState) {
        if let Some(upload) = self.photos.write().iter_mut().find(|upload| upload.id == id) {
            upload.state = state;
        }
    }

    fn send(mut self, id: u64) {
        let name = self.photos.peek().iter().find(|upload| upload.id == id).map(|upload| upload.name.clone());
        let (Some(name), Some(bytes)) = (name, self.bytes.peek().get(&id).cloned()) else { return };
        let api = self.engine.peek().api();
        spawn(async move {
            let state = match api.upload(self.purpose, &name, bytes).await {
                Ok(media) => UploadState::Sent { url: media.url },
                Err(error) => UploadState::Failed(error.code().to_owned()),
            };
            self.mark(id, state);
        });
    }
}

/// Two are the same when they are of the same field.
impl PartialEq for Uploading {
    fn eq(&self, other: &Self) -> bool {
        self.photos == other.photos
    }
}

/// A field of photos that are sent as soon as they are picked.
#[component]
pub fn PhotoField(
    uploading: Uploading,
    label: String,
    hint: Option<String>,
    fault: Option<String>,
    most: usize,
    #[props(default = Icon::Camera)] icon: Icon,
    test_id: Option<String>,
) -> Element {
    rsx! {
        PhotoUploads {
            label,
            hint,
            fault,
            uploads: uploading.photos(),
            most,
            icon,
            test_id,
            on_picked: move |file| uploading.add(file),
            on_unreadable: move |name| uploading.refuse(name),
            on_remove: move |id| uploading.remove(id),
            on_retry: move |id| uploading.retry(id),
        }
    }
}
