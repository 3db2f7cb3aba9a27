//! Photos go to the backend as soon as they are picked, so that a form has only their addresses to send.

use dioxus::prelude::*;
use rapi_core::wire::people::MediaPurpose;
use rapi_engine::Engine;
use rapi_ui::controls::{PickedFile, Tone, Upload, UploadState};
use rapi_ui::text::{Word, text};

use super::{Toaster, use_engine, use_toaster};

/// Photos of one form. Copies are the same.
#[derive(Clone, Copy)]
pub struct Uploads {
    purpose: MediaPurpose,
    engine: Signal<Engine>,
    toaster: Toaster,
    photos: Signal<Vec<(Upload, Option<PickedFile>)>>,
}

/// For a form whose photos are for `purpose`; `kept` are those that the backend has already.
#[must_use]
pub fn use_uploads(purpose: MediaPurpose, kept: Vec<String>) -> Uploads {
    let (engine, toaster) = (use_engine(), use_toaster());
    let engine = use_signal(|| engine);
    let photos = use_signal(|| {
        let sent = |(id, url)| (Upload { id, preview: None, state: UploadState::Sent(url) }, None);
        (0..).zip(kept).map(sent).collect()
    });
    Uploads { purpose, engine, toaster, photos }
}

impl Uploads {
    /// All of them, oldest first.
    #[must_use]
    pub fn list(&self) -> Vec<Upload> {
        self.photos.read().iter().map(|(upload, _)| upload.clone()).collect()
    }

    /// The addresses of those that are there.
    #[must_use]
    pub fn urls(&self) -> Vec<String> {
        let url = |(upload, _): &(Upload, _)| match &upload.state {
            UploadState::Sent(url) => Some(url.clone()),
            UploadState::Sending | UploadState::Failed => None,
        };
        self.photos.read().iter().filter_map(url).collect()
    }

    /// Is one still on its way?
    #[must_use]
    pub fn busy(&self) -> bool {
        self.photos.read().iter().any(|(upload, _)| upload.state == UploadState::Sending)
    }

    /// Sends one more.
    pub fn add(mut self, file: PickedFile) {
        let id = self.photos.peek().iter().map(|(upload, _)| upload.id).max().map_or(0, |last| last + 1);
        let upload = Upload { id, preview: Some(file.address.clone()), state: UploadState::Sending };
        self.photos.write().push((upload, Some(file)));
        self.send(id);
    }

    /// Sends one again that did not arrive.
    pub fn again(self, id: u64) {
        self.set(id, UploadState::Sending);
        self.send(id);
    }

    /// Takes one away.
    pub fn remove(mut self, id: u64) {
        self.photos.write().retain(|(upload, _)| upload.id != id);
    }

    /// Says that a file was no photo.
    pub fn unreadable(self) {
        self.toaster.say(Tone::Warn, text().say(Word::PhotoUnreadable));
    }

    fn send(self, id: u64) {
        let photos = self.photos.peek();
        let Some(file) = photos.iter().find(|(upload, _)| upload.id == id).and_then(|(_, file)| file.clone()) else { return };
        let (api, text) = (self.engine.peek().api(), text());
        spawn(async move {
            let bytes = file.bytes().unwrap_or_default();
            match api.upload(self.purpose, &file.name, bytes).await {
                Ok(media) => self.set(id, UploadState::Sent(media.url)),
                Err(error) => {
                    self.set(id, UploadState::Failed);
                    self.toaster.say(Tone::Bad, text.problem(error.code()));
                }
            }
        });
    }

    fn set(mut self, id: u64, state: UploadState) {
        if let Some((upload, _)) = self.photos.write().iter_mut().find(|(upload, _)| upload.id == id) {
            upload.state = state;
        }
    }
}
