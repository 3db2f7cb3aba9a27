//! The wallet: what is there, how it came and went, putting money in and taking it out.

mod charge;
mod forms;
mod model;
mod screen;

pub use charge::{ChargeCard, ChargeCardProps, ChargeLine, ChargeView, PayWith};
pub use forms::{TopUpSheet, TopUpSheetProps, WithdrawSheet, WithdrawSheetProps};
pub use model::{StatementLine, WalletView, WithdrawalLine};
pub use screen::{WalletScreen, WalletScreenProps};
