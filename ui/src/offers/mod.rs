//! Offers: orders that ring until they are answered.

mod card;
mod model;
mod ring;
mod screen;
#[cfg(test)]
mod tests;

pub use card::{OfferCard, OfferCardProps};
pub use model::{Gone, OfferView, Ringing};
pub use ring::Bell;
pub(crate) use ring::SCRIPT;
pub use screen::{OffersScreen, OffersScreenProps};
