//! What people see: controls, screens with their view models, theme and text.
//!
//! A screen is a component that draws a view model and hands up what somebody wants; a view model is a plain struct. Knows
//! neither a renderer nor the network nor a file: the apps bring what is to be drawn, and do what is asked for.

#![expect(unused_qualifications, reason = "listeners within rsx! expand to qualified paths")]

pub mod account;
mod app;
pub mod books;
pub mod catalogue;
pub mod client_order;
pub mod controls;
pub mod desk;
pub mod earnings;
pub mod floor;
pub mod formats;
pub mod history;
pub mod home;
pub mod jobs;
pub mod map;
pub mod notices;
pub mod offers;
pub mod ordering;
pub mod orders;
pub mod outside;
pub mod oversight;
pub mod profiles;
pub mod providers;
pub mod shell;
pub mod text;
pub mod theme;
mod vendored;
pub mod verification;
pub mod vetting;
pub mod wallet;

pub use app::App;

#[cfg(test)]
mod drawn;
