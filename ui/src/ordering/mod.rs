//! Asking for help: the form of an order, with what it would cost.

mod draft;
mod moment;
mod parts;
mod place;
mod screen;

#[cfg(test)]
mod tests;

pub use draft::{Asked, Draft, Faults, Preferred};
pub use moment::{Later, MOST_DAYS, days, times};
pub use screen::{OrderFormScreen, OrderFormScreenProps, OrderFormView, OrderFormWaiting, OrderFormWaitingProps};
