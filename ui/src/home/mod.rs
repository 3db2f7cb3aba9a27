//! Where the client app begins: who, where, what, and what is under way.

mod screen;
mod view;

pub use screen::{HomeScreen, HomeScreenProps};
pub use view::{Greeting, HomeAddress, HomeView, Pinned};

#[cfg(test)]
mod tests;
