//! A client's own order, from the search to the receipt: one screen that is whatever the order's stage needs.

mod again;
mod cancel;
mod closed;
mod coming;
mod details;
mod map;
mod paying;
mod rating;
mod screen;
mod search;
mod view;
mod wish;
mod working;

#[cfg(test)]
mod tests;

pub use again::again;
pub use map::map_of;
pub use screen::{ClientOrderScreen, ClientOrderScreenProps, ClientOrderWaiting, ClientOrderWaitingProps};
pub use view::{ClientOrderView, Life, Outlook, PayState, PayView, Person, SearchView, WayView};
pub use wish::{Rated, Wish};
