//! One page a file: asks the engine for what a screen of `rapi-ui` shows, and does what people want there.

mod audit;
mod categories;
mod dashboard;
mod frame;
mod ledger;
mod orders;
mod users;
mod verifications;
mod withdrawals;

pub use audit::Audit;
pub use categories::Categories;
pub use dashboard::Home;
pub use frame::{Floor, use_pulse};
pub use ledger::Ledger;
pub use orders::Orders;
pub use users::Users;
pub use verifications::Verifications;
pub use withdrawals::Withdrawals;
