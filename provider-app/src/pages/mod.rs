//! One page a file: asks the engine for what a screen of `rapi-ui` shows, and does what people want there.

mod home;

pub use home::Home;
