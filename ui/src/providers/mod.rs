//! Verified providers, as clients see them: in a list, and each on her own page.

mod list;
mod nearby;
mod page;
mod row;

pub use list::{ProvidersScreen, ProvidersScreenProps, ProvidersView};
pub use nearby::nearby_map;
pub use page::{ProviderScreen, ProviderScreenProps, ProviderView};
pub use row::{ProviderLine, ProviderLineProps, ProviderRow};

#[cfg(test)]
mod tests;
