//! One page a file: asks the engine for what a screen of `rapi-ui` shows, and does what people want there.

mod home;
mod new_order;
mod order;
mod orders;
mod provider;
mod providers;

pub use home::Home;
pub use new_order::NewOrder;
pub use order::OrderPage;
pub use orders::Orders;
pub use provider::ProviderPage;
pub use providers::Providers;
