//! What clients see of a provider, while she changes it.

mod editor;
mod hours;
mod hours_editor;
mod learnt;

pub use editor::{ProfileEditor, ProfileEditorProps};
pub use hours::{DAYS, HoursDraft, HoursFault, Span};
pub use hours_editor::{HoursEditor, HoursEditorProps};
