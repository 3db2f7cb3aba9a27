//! Drives the real apps as people would: windows in a virtual display, told what to do through WebKit's remote inspector.
//!
//! Knows the programs by their command lines and the screens by what people see on them: names of controls and words. Used by
//! the tests of whole journeys and by the demo.

mod cast;
mod display;
mod inspector;
mod patience;
mod programs;
mod road;
mod world;

mod window;

pub use cast::{Person, Role};
pub use display::Display;
pub use inspector::Inspector;
pub use patience::until;
pub use programs::{Programs, screens_folder};
pub use road::Traffic;
pub use window::{Opening, Window};
pub use world::{HOME, World};
