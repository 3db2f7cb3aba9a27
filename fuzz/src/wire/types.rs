//! Every type that travels. `core/tests/corpus.rs` holds this list against the sources.

use rapi_core::wire::{Page, PageQuery, Problem, admin, auth, categories, events, location, notifications, orders, payments, people, work};

use super::super::Target;
use super::{answer, envelope, request};

macro_rules! types {
    (requests { $($request_module:ident::$request:ident,)* } answers { $($answer_module:ident::$answer:ident,)* }) => {
        /// The types by name, each with what must hold for its JSON.
        pub const TYPES: &[(&str, Target)] = &[
            ("EventEnvelope", envelope),
            ("Page", answer::<Page<orders::OrderItem>>),
            ("PageQuery", request::<PageQuery>),
            ("Problem", answer::<Problem>),
            $((stringify!($request), request::<$request_module::$request>),)*
            $((stringify!($answer), answer::<$answer_module::$answer>),)*
        ];
    };
}

types! {
    requests {
    admin::RejectVerificationRequest,
    admin::RejectWithdrawalRequest,
    admin::VerificationsQuery,
    admin::WithdrawalsQuery,
    auth::LoginRequest,
    auth::LogoutRequest,
    auth::OtpResendRequest,
    auth::OtpVerifyRequest,
    auth::PasswordForgotRequest,
    auth::PasswordResetRequest,
    auth::RefreshRequest,
    auth::RegisterRequest,
    categories::CreateCategoryRequest,
    categories::PatchCategoryRequest,
    events::EventsQuery,
    location::LocationBatchRequest,
    orders::CancelRequest,
    orders::CreateOrderRequest,
    orders::OccurredRequest,
    orders::OrdersQuery,
    orders::QuoteRequest,
    orders::RatingRequest,
    payments::PayRequest,
    payments::TopUpRequest,
    payments::WithdrawalRequest,
    people::AvailabilityRequest,
    people::DeviceRequest,
    people::LocationRequest,
    people::PatchLocationRequest,
    people::PatchMeRequest,
    people::PatchProviderProfileRequest,
    people::PhoneRequest,
    people::PhoneVerifyRequest,
    people::ProvidersQuery,
    people::StatsQuery,
    people::VerificationRequest,
    work::WorkNotesRequest,
    }
    answers {
    admin::AdminWithdrawalItem,
    admin::AuditItem,
    admin::DispatchCandidate,
    admin::DispatchExplanation,
    admin::LedgerCheckResponse,
    admin::VerificationDetail,
    admin::VerificationItem,
    auth::RegisterResponse,
    auth::SessionItem,
    auth::TokensResponse,
    categories::AdminCategoryItem,
    categories::CategoryItem,
    events::EventsResponse,
    location::ConfigResponse,
    location::LocationBatchResponse,
    location::LocationHistoryItem,
    location::MqttAddresses,
    location::RejectedFix,
    location::TrackingResponse,
    location::WatchResponse,
    notifications::NotificationItem,
    orders::OfferItem,
    orders::OrderDetail,
    orders::OrderItem,
    orders::Party,
    orders::QuoteResponse,
    orders::RatingItem,
    orders::TimelineItem,
    payments::PaymentHistoryItem,
    payments::PaymentResponse,
    payments::TopUpResponse,
    payments::WalletResponse,
    payments::WalletTransactionItem,
    payments::WithdrawalItem,
    people::CertificationItem,
    people::DayStats,
    people::DeviceItem,
    people::LocationItem,
    people::MeResponse,
    people::MediaResponse,
    people::ProviderDetail,
    people::ProviderItem,
    people::ProviderProfileResponse,
    people::Reputation,
    people::ServiceAreaItem,
    people::StatsResponse,
    people::UserSummary,
    people::VerificationResponse,
    work::WorkSessionResponse,
    }
}
