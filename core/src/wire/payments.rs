//! Bills, wallets and top-ups.

use super::{Checks, OrUnknown, Secret, Validate};
use crate::ledger::{EntryCategory, EntryType};
use crate::values::{Id, Order, Payment, Rupiah, Timestamp, TopUp, User};

words! {
    /// How money comes in.
    PaymentMethod {
        /// Notes in the provider's hand.
        Cash = "CASH",
        /// From the client's wallet.
        Wallet = "WALLET",
        /// Through the gateway.
        BankTransfer = "BANK_TRANSFER",
        /// Through the gateway.
        EWallet = "E_WALLET",
    }
}

words! {
    /// Where a payment is in its life.
    PaymentStatus {
        /// Not begun.
        Pending = "PENDING",
        /// Under way.
        Processing = "PROCESSING",
        /// The money is there.
        Completed = "COMPLETED",
        /// It did not come; may be tried again.
        Failed = "FAILED",
        /// Given back.
        Refunded = "REFUNDED",
    }
}

words! {
    /// Where a withdrawal is in its life.
    WithdrawalStatus {
        /// An admin has to look.
        Pending = "PENDING",
        /// Approved, on its way.
        Processing = "PROCESSING",
        /// In the bank.
        Completed = "COMPLETED",
        /// Given back to the wallet.
        Rejected = "REJECTED",
    }
}

request! {
    /// Pays the bill.
    pub struct PayRequest {
        /// How; may differ from what was chosen when ordering.
        pub payment_method: PaymentMethod,
        /// `url` of a photo.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 500))]
        pub payment_proof: Option<String>,
    }

    /// Adds money to the wallet.
    pub struct TopUpRequest {
        /// Rp10.000 to Rp10.000.000.
        #[cfg_attr(feature = "openapi", schema(value_type = i64, minimum = 10_000, maximum = 10_000_000))]
        pub amount: Rupiah,
        /// BANK_TRANSFER or E_WALLET.
        pub payment_method: PaymentMethod,
    }

    /// Takes earnings out.
    pub struct WithdrawalRequest {
        /// At least Rp10.000.
        #[cfg_attr(feature = "openapi", schema(value_type = i64, minimum = 10_000, maximum = 100_000_000))]
        pub amount: Rupiah,
        /// Which bank.
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
        pub bank_name: String,
        /// Digits; stored encrypted.
        #[cfg_attr(feature = "openapi", schema(value_type = String, pattern = "^[0-9]{5,34}$"))]
        pub bank_account_number: Secret,
        /// Whose account.
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 255))]
        pub bank_account_name: String,
    }
}

answer! {
    /// The bill of an order.
    pub struct PaymentResponse {
        /// Its id.
        pub id: Id<Payment>,
        /// Its order.
        pub order_id: Id<Order>,
        /// Its name for people.
        pub payment_number: String,
        /// Who pays.
        pub client_id: Id<User>,
        /// Who earns.
        pub service_provider_id: Id<User>,
        /// Work.
        pub base_amount: Rupiah,
        /// Rapi's fee to the client.
        pub service_fee: Rupiah,
        /// Rapi's share of the work.
        pub platform_fee: Rupiah,
        /// Taken off.
        pub discount: Rupiah,
        /// To pay.
        pub total_amount: Rupiah,
        /// What the provider keeps.
        pub provider_earnings: Rupiah,
        /// How.
        pub payment_method: OrUnknown<PaymentMethod>,
        /// Which gateway, if one.
        pub payment_gateway: Option<String>,
        /// Where in its life.
        pub status: OrUnknown<PaymentStatus>,
        /// Where to pay, for gateways.
        pub redirect_url: Option<String>,
        /// What to scan, for gateways.
        pub qr_string: Option<String>,
        /// Until when `redirect_url` and `qr_string` can be paid with.
        pub pay_until: Option<Timestamp>,
        /// When it was paid.
        pub paid_at: Option<Timestamp>,
        /// When the bill was made.
        pub created_at: Timestamp,
        /// What happened to it, oldest first.
        pub payment_history: Vec<PaymentHistoryItem>,
    }

    /// One step of a payment's life.
    pub struct PaymentHistoryItem {
        /// What it became.
        pub status: OrUnknown<PaymentStatus>,
        /// Stable snake_case name of what happened.
        pub message: Option<String>,
        /// When.
        pub created_at: Timestamp,
    }

    /// What a person has.
    pub struct WalletResponse {
        /// To spend or withdraw.
        pub balance: Rupiah,
        /// Earned, not yet paid.
        pub pending_balance: Rupiah,
        /// Asked to be withdrawn.
        pub frozen_balance: Rupiah,
        /// Always `IDR`.
        pub currency: String,
    }

    /// One line of the statement.
    pub struct WalletTransactionItem {
        /// Its id.
        pub id: uuid::Uuid,
        /// Its name for people.
        pub transaction_number: String,
        /// In or out.
        #[serde(rename = "type")]
        pub entry_type: OrUnknown<EntryType>,
        /// What for.
        pub category: OrUnknown<EntryCategory>,
        /// How much, always positive.
        pub amount: Rupiah,
        /// What there was.
        pub balance_before: Rupiah,
        /// What there is.
        pub balance_after: Rupiah,
        /// The order, payment, top-up or withdrawal.
        pub reference_id: Option<uuid::Uuid>,
        /// ORDER, PAYMENT, TOP_UP or WITHDRAWAL.
        pub reference_type: Option<String>,
        /// Stable snake_case name of what happened.
        pub description: Option<String>,
        /// When.
        pub created_at: Timestamp,
    }

    /// Money on its way into the wallet.
    pub struct TopUpResponse {
        /// Its id.
        pub id: Id<TopUp>,
        /// How much.
        pub amount: Rupiah,
        /// How.
        pub payment_method: OrUnknown<PaymentMethod>,
        /// Where in its life.
        pub status: OrUnknown<PaymentStatus>,
        /// Where to pay.
        pub redirect_url: Option<String>,
        /// What to scan.
        pub qr_string: Option<String>,
        /// Until when `redirect_url` and `qr_string` can be paid with.
        pub pay_until: Option<Timestamp>,
        /// When asked for.
        pub created_at: Timestamp,
    }

    /// Earnings on their way to the bank.
    pub struct WithdrawalItem {
        /// Its id.
        pub id: uuid::Uuid,
        /// Its name for people.
        pub withdrawal_number: String,
        /// How much.
        pub amount: Rupiah,
        /// Which bank.
        pub bank_name: String,
        /// All but the last four digits hidden.
        pub bank_account_number_masked: String,
        /// Whose account.
        pub bank_account_name: String,
        /// Where in its life.
        pub status: OrUnknown<WithdrawalStatus>,
        /// What the admin wrote.
        pub admin_notes: Option<String>,
        /// When asked for.
        pub created_at: Timestamp,
        /// When decided.
        pub processed_at: Option<Timestamp>,
    }
}

impl Validate for PayRequest {
    fn validate(&self, checks: &mut Checks) {
        checks.optional_text("payment_proof", self.payment_proof.as_deref(), 1..=500);
    }
}

impl Validate for TopUpRequest {
    fn validate(&self, checks: &mut Checks) {
        checks.range("amount", self.amount.get(), 10_000..=10_000_000);
        let through_gateway = matches!(self.payment_method, PaymentMethod::BankTransfer | PaymentMethod::EWallet);
        checks.holds(through_gateway, "payment_method", "invalid", "must be BANK_TRANSFER or E_WALLET");
    }
}

impl Validate for WithdrawalRequest {
    fn validate(&self, checks: &mut Checks) {
        checks.range("amount", self.amount.get(), 10_000..=100_000_000);
        checks.text("bank_name", &self.bank_name, 1..=100);
        checks.text("bank_account_name", &self.bank_account_name, 1..=255);
        checks.bank_account_number(self.bank_account_number.expose());
    }
}
