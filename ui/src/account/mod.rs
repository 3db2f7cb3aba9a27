//! One's own account: who one is, where one lives, where one is signed in.

mod addresses;
mod devices;
mod edit;
mod profile;

pub use addresses::{AddressForm, AddressSheet, AddressSheetProps, AddressesScreen, AddressesScreenProps};
pub use devices::{DevicesScreen, DevicesScreenProps};
pub use edit::{EditNameSheet, EditNameSheetProps, PhoneSheet, PhoneSheetProps, PhoneStep};
pub use profile::{ProfileScreen, ProfileScreenProps};
