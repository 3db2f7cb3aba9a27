//! The floor: the frame around the admin's pages, and everything that goes on at once.

mod sidebar;

pub use sidebar::{Sidebar, SidebarProps};
