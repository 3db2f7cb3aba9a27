//! The controls that all screens are made of. Each has a role and a name; text comes in ready, and what happens goes out.

mod bars;
mod button;
mod card;
mod chart;
mod choice;
mod file_picker;
mod glyph;
mod language_switch;
mod layers;
mod lines;
mod list_end;
mod mark;
mod notice;
mod people;
mod photo;
mod pieces;
mod qr;
mod select;
mod slide;
mod stars;
mod states;
mod tag;
mod text_field;
mod uploads;

pub use bars::*;
pub use button::*;
pub use card::*;
pub use chart::*;
pub use choice::*;
pub use file_picker::*;
pub use glyph::*;
pub use language_switch::*;
pub use layers::*;
pub use lines::*;
pub use list_end::*;
pub use mark::*;
pub use notice::*;
pub use people::*;
pub use photo::*;
pub use pieces::*;
pub use qr::*;
pub use select::*;
pub use slide::*;
pub use stars::*;
pub use states::*;
pub use tag::*;
pub use text_field::*;
pub use uploads::*;

/// What the page needs for files: the few lines that read what was picked.
pub(crate) const FILES_SCRIPT: &str = include_str!("files.js");
