//! The controls that all screens are made of. Each has a role and a name; text comes in ready, and what happens goes out.

mod button;
mod card;
mod language_switch;
mod mark;
mod notice;
mod tag;
mod text_field;

pub use button::{Button, ButtonKind, ButtonProps};
pub use card::{Card, CardProps};
pub use language_switch::{LanguageSwitch, LanguageSwitchProps};
pub use mark::Mark;
pub use notice::{Notice, NoticeProps, Tone};
pub use tag::{Tag, TagProps, TagTone};
pub use text_field::{FieldKind, TextField, TextFieldProps};
