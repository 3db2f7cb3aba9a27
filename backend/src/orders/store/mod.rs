//! Queries over the module's own tables, and nobody else's.

pub mod broadcasts;
pub mod categories;
pub mod figures;
pub mod orders;
pub mod ratings;
pub mod transitions;
