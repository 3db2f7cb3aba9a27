//! One page a file: asks the engine for what a screen of `rapi-ui` shows, and does what people want there.

mod dashboard;
mod frame;
mod orders;
mod users;
mod verifications;

pub use dashboard::Home;
pub use frame::{Floor, use_pulse};
pub use orders::Orders;
pub use users::Users;
pub use verifications::Verifications;
