//! Pages that more than one app has. They find their way by paths, which every app's router gives them: `/notices`, `/addresses`,
//! `/devices`.

mod account;
mod back;
mod notices;
mod wallet;

pub use account::{AddressesPage, DevicesPage, ProfilePage, ProfilePageProps};
pub use back::back;
pub use notices::{Bell, NoticesPage};
pub use wallet::WalletPage;
