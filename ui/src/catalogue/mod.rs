//! The catalogue: what can be ordered and at what price, as admins keep it.

mod form;
mod icon;
mod screen;

pub use form::{CategoryChange, CategoryFault, CategoryForm, CategoryFormProps};
pub use icon::category_icon;
pub use screen::{CatalogueScreen, CatalogueScreenProps, category_columns, category_row};
