//! The module's rows, as they lie in `tables.sql`.

pub mod broadcast;
pub mod category;
pub mod order;
pub mod rating;
pub mod transition;
