//! Tables and what stands beside them: the desk at which admins work.
//!
//! A table draws only the rows that are seen, so that ten thousand open as fast as a hundred. What it shows is plain data, the
//! same that goes into a CSV file.

mod csv;
mod model;
mod panel;
mod reason;
mod table;
mod toolbar;
mod window;

pub use csv::{csv, plain};
pub use model::{Cell, Column, Row, Rows, Sorting, ordered};
pub use panel::{Fact, Facts, FactsProps, Nothing, NothingProps, Panel, PanelProps, Section, SectionProps};
pub use reason::{ReasonForm, ReasonFormProps};
pub use table::{Table, TableProps};
pub use toolbar::{Head, HeadProps, SearchField, SearchFieldProps};
pub use window::{ROW, visible};
