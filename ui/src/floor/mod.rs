//! The floor: the frame around the admin's pages, and everything that goes on at once.

mod dashboard;
mod figures;
mod live;
mod sidebar;

pub use dashboard::{Dashboard, DashboardProps, day_columns, day_row};
pub use figures::{Change, Figure, Kpi, Period, kpis};
pub use live::{OnMap, live_map, live_words};
pub use sidebar::{Sidebar, SidebarProps};
