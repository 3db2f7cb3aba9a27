//! Everybody's orders and everybody's accounts, as admins look at them.

mod dispatch;
mod order;
mod order_list;
mod order_panel;
mod user;
mod user_list;
mod user_panel;
mod words;

pub use dispatch::{CandidateView, DispatchSection, DispatchSectionProps, Outcome, outcome};
pub use order::{BillLine, OrderView, Step};
pub(crate) use order_list::time_cell;
pub use order_list::{Names, OrderFilter, OrdersScreen, OrdersScreenProps, order_columns, order_row, order_sort};
pub use order_panel::{OrderPanel, OrderPanelProps};
pub(crate) use user::permission;
pub use user::{Deed, RightsView, UserView, WorkView, account_status, kind};
pub use user_list::{UserFilter, UsersScreen, UsersScreenProps, user_columns, user_row, user_sort};
pub use user_panel::{UserPanel, UserPanelProps};
pub use words::{Kept, actor, cancelled_because, order_status, payment_method, payment_status};
