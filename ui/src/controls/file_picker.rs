//! Asking for photos and documents.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use dioxus::document;
use dioxus::prelude::*;
use serde::Deserialize;

use super::{Glyph, Icon};

/// The longest side of a photo that leaves the phone, in pixels.
const SIDE: u32 = 1_600;

/// What may be picked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// Pictures; they are made small and become JPEG.
    Photos,
    /// Pictures, or documents as PDF.
    Documents,
}

impl Pick {
    const fn accept(self) -> &'static str {
        match self {
            Self::Photos => "image/*",
            Self::Documents => "image/*,application/pdf",
        }
    }
}

/// A file that was picked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PickedFile {
    /// Its name; with the ending of what it has become.
    pub name: String,
    /// As a `data:` address, to be shown.
    pub address: String,
}

/// As the page tells of it; an empty address is a file that cannot be read.
#[derive(Deserialize)]
struct Told {
    name: String,
    address: String,
}

impl PickedFile {
    fn of(told: Told) -> Option<Self> {
        let stem = told.name.rsplit_once('.').map_or(told.name.as_str(), |(stem, _)| stem);
        let name = if told.address.starts_with("data:image/jpeg") { format!("{stem}.jpg") } else { told.name.clone() };
        told.address.starts_with("data:").then_some(Self { name, address: told.address })
    }

    /// What is in it; nothing when the page told nonsense.
    #[must_use]
    pub fn bytes(&self) -> Option<Vec<u8>> {
        let (_, data) = self.address.split_once(";base64,")?;
        BASE64_STANDARD.decode(data).ok()
    }
}

/// A chip named `label` that asks for up to `most` files; each is handed up as it is ready, and `on_unreadable` is told of
/// those that cannot be read.
#[component]
pub fn FilePicker(
    label: String,
    #[props(default = Icon::Camera)] icon: Icon,
    #[props(default = Pick::Photos)] pick: Pick,
    #[props(default = 1)] most: usize,
    on_pick: EventHandler<PickedFile>,
    #[props(default)] on_unreadable: EventHandler,
) -> Element {
    let ask = move |_| async move {
        let wish = serde_json::json!({ "accept": pick.accept(), "most": most, "side": SIDE });
        let mut told = document::eval(&format!("const wish = {wish};\n{}", include_str!("file_picker.js")));
        // It ends when all files were told or nobody wants any.
        while let Ok(file) = told.recv::<Told>().await {
            match PickedFile::of(file) {
                Some(file) => on_pick.call(file),
                None => on_unreadable.call(()),
            }
        }
    };
    rsx! {
        button { class: "chip", r#type: "button", onclick: ask,
            Glyph { icon, size: 16 }
            "{label}"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(name: &str, address: &str) -> Option<PickedFile> {
        PickedFile::of(Told { name: name.into(), address: address.into() })
    }

    #[test]
    fn a_photo_is_named_by_what_it_has_become() {
        let photo = told("IMG_1.2.HEIC", "data:image/jpeg;base64,/9j/").unwrap();
        assert_eq!((photo.name.as_str(), photo.bytes()), ("IMG_1.2.jpg", Some(vec![0xff, 0xd8, 0xff])));
        let paper = told("ijazah.pdf", "data:application/pdf;base64,JVBERg==").unwrap();
        assert_eq!((paper.name.as_str(), paper.bytes()), ("ijazah.pdf", Some(b"%PDF".to_vec())));
    }

    #[test]
    fn what_cannot_be_read_is_no_file() {
        assert_eq!(told("a.jpg", ""), None);
        assert_eq!(told("a.jpg", "data:image/jpeg;base64,?").and_then(|file| file.bytes()), None);
    }
}
