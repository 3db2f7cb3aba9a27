//! Picking photos: from the gallery, the camera or a folder, whatever the device offers.

use std::sync::atomic::{AtomicU64, Ordering};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use dioxus::document;
use dioxus::prelude::*;
use serde::Deserialize;

use super::{Glyph, Icon};

/// Tells the pickers of a page from each other.
static NEXT: AtomicU64 = AtomicU64::new(1);

/// A photo as somebody picked it, made a JPEG of at most 1600 pixels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PickedFile {
    /// What it is called, with `.jpg` at the end.
    pub name: String,
    /// The JPEG.
    pub bytes: Vec<u8>,
    /// The same in small, as a `data:` address.
    pub preview: String,
}

/// What the page tells of a file.
#[derive(Deserialize)]
struct Told {
    name: String,
    /// Base64; nothing when it is no photo.
    data: String,
    preview: String,
}

impl Told {
    /// The photo, unless it is none.
    fn photo(self) -> Result<PickedFile, String> {
        match BASE64_STANDARD.decode(&self.data) {
            Ok(bytes) if !bytes.is_empty() => Ok(PickedFile { name: self.name, bytes, preview: self.preview }),
            _ => Err(self.name),
        }
    }
}

/// How a picker looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PickerShape {
    /// As a chip among chips.
    #[default]
    Chip,
    /// A square among photos.
    Tile,
    /// As wide as there is room.
    Wide,
}

impl PickerShape {
    const fn class(self) -> &'static str {
        match self {
            Self::Chip => "chip",
            Self::Tile => "picker-tile",
            Self::Wide => "picker-wide",
        }
    }
}

/// A button named `label` that lets people pick a photo, or several where `multiple`; each is handed over by itself. A file that
/// is no photo is told by its name.
#[component]
pub fn FilePicker(
    label: String,
    on_picked: EventHandler<PickedFile>,
    #[props(default)] on_unreadable: EventHandler<String>,
    #[props(default)] multiple: bool,
    #[props(default)] shape: PickerShape,
    #[props(default = Icon::Camera)] icon: Icon,
    test_id: Option<String>,
) -> Element {
    let id = use_hook(|| format!("picks-{}", NEXT.fetch_add(1, Ordering::Relaxed)));
    let listens = id.clone();
    use_future(move || {
        let listens = listens.clone();
        async move {
            let mut told = document::eval(&format!(
                "if (window.RapiFiles) {{ RapiFiles.listen({listens:?}, {multiple}, file => dioxus.send(file)); await new Promise(() => {{}}); }}"
            ));
            while let Ok(file) = told.recv::<Told>().await {
                match file.photo() {
                    Ok(photo) => on_picked.call(photo),
                    Err(name) => on_unreadable.call(name),
                }
            }
        }
    });
    let forgets = id.clone();
    use_drop(move || {
        document::eval(&format!("window.RapiFiles && RapiFiles.forget({forgets:?})"));
    });
    rsx! {
        button {
            class: shape.class(),
            r#type: "button",
            "data-picks": "{id}",
            "data-testid": test_id,
            Glyph { icon, size: if shape == PickerShape::Chip { 16 } else { 22 } }
            span { "{label}" }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawn::drawn;
    use crate::text::Language;

    fn told(data: &str) -> Told {
        Told { name: "ktp.jpg".into(), data: data.into(), preview: String::new() }
    }

    #[test]
    fn what_is_no_photo_is_told_by_its_name() {
        assert_eq!(told("/9j/").photo().map(|photo| photo.bytes), Ok(vec![0xff, 0xd8, 0xff]));
        assert_eq!([told("").photo(), told("?").photo()], [Err("ktp.jpg".to_owned()), Err("ktp.jpg".to_owned())]);
    }

    #[test]
    fn a_picker_is_a_named_button_that_names_its_input() {
        let html = drawn(Language::Indonesian, || rsx! { FilePicker { label: "Tambah foto", on_picked: |_| {} } });
        assert!(html.contains("<button") && html.contains("data-picks=\"picks-") && html.contains("Tambah foto"), "{html}");
    }
}
