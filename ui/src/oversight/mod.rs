//! Everybody's orders and everybody's accounts, as admins look at them.

mod dispatch;
mod order;
mod order_list;
mod order_panel;
mod words;

pub use dispatch::{CandidateView, DispatchSection, DispatchSectionProps, Outcome, outcome};
pub use order::{BillLine, OrderView, Step};
pub use order_list::{Names, OrderFilter, OrdersScreen, OrdersScreenProps, order_columns, order_row};
pub use order_panel::{OrderPanel, OrderPanelProps, Pieces};
pub use words::{Kept, actor, cancelled_because, order_status, payment_method, payment_status};
