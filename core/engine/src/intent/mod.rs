//! What a person can ask for. An intent is kept before it is sent, sent until it is answered, and never done twice.

mod route;
#[cfg(test)]
mod tests;

use std::fmt;

use rapi_core::Id;
use rapi_core::values::{Notification, Order};
use rapi_core::wire::orders::{CreateOrderRequest, RatingRequest};
use rapi_core::wire::payments::{PayRequest, TopUpRequest, WithdrawalRequest};
use rapi_core::wire::people::{AvailabilityRequest, LocationRequest, PatchMeRequest, PatchProviderProfileRequest, VerificationRequest};
use rapi_core::wire::work::WorkNotesRequest;
use uuid::Uuid;

pub(crate) use route::{Route, lane_of, order_of, route};

/// Names an intent; also the `Idempotency-Key` it is sent with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IntentKey(pub Uuid);

impl fmt::Display for IntentKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// What a person asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum Intent {
    /// Client: help at home.
    CreateOrder(CreateOrderRequest),
    /// Provider: takes an offered order.
    Accept(Id<Order>),
    /// Provider: does not want it.
    Decline(Id<Order>),
    /// Provider: the offer was on the screen.
    Seen(Id<Order>),
    /// Provider: sets off.
    Depart(Id<Order>),
    /// Provider: is at the door.
    Arrive(Id<Order>),
    /// Provider: begins.
    StartWork(Id<Order>),
    /// Provider: takes a break.
    PauseWork(Id<Order>),
    /// Provider: goes on.
    ResumeWork(Id<Order>),
    /// Provider: is done.
    StopWork(Id<Order>),
    /// Notes on the work, either side.
    WorkNotes {
        /// Which order.
        order: Id<Order>,
        /// The notes.
        request: WorkNotesRequest,
    },
    /// Calls the order off.
    Cancel {
        /// Which order.
        order: Id<Order>,
        /// Why, in a sentence.
        reason: String,
    },
    /// Client: pays the bill.
    Pay {
        /// Which order.
        order: Id<Order>,
        /// How.
        request: PayRequest,
    },
    /// Provider: the cash is in her hand.
    ConfirmCash(Id<Order>),
    /// Client: how was it?
    Rate {
        /// Which order.
        order: Id<Order>,
        /// Stars and words.
        request: RatingRequest,
    },
    /// Provider: goes online or offline.
    SetAvailability(AvailabilityRequest),
    /// Adds money to the wallet.
    TopUp(TopUpRequest),
    /// Takes earnings out.
    Withdraw(WithdrawalRequest),
    /// Provider: hands in her papers.
    SubmitVerification(VerificationRequest),
    /// Changes the own account.
    PatchMe(PatchMeRequest),
    /// Provider: changes the public profile.
    PatchProviderProfile(PatchProviderProfileRequest),
    /// Saves an address.
    SaveLocation(LocationRequest),
    /// The notice was read.
    MarkNotificationRead(Id<Notification>),
    /// All notices were read.
    ReadAllNotifications,
}

impl Intent {
    /// A stable snake_case name of what is asked, for lists and logs.
    #[must_use]
    pub const fn what(&self) -> &'static str {
        match self {
            Self::CreateOrder(_) => "create_order",
            Self::Accept(_) => "accept",
            Self::Decline(_) => "decline",
            Self::Seen(_) => "seen",
            Self::Depart(_) => DEPART,
            Self::Arrive(_) => ARRIVE,
            Self::StartWork(_) => "start_work",
            Self::PauseWork(_) => "pause_work",
            Self::ResumeWork(_) => "resume_work",
            Self::StopWork(_) => "stop_work",
            Self::WorkNotes { .. } => WORK_NOTES,
            Self::Cancel { .. } => CANCEL,
            Self::Pay { .. } => "pay",
            Self::ConfirmCash(_) => "confirm_cash",
            Self::Rate { .. } => "rate",
            Self::SetAvailability(_) => SET_AVAILABILITY,
            Self::TopUp(_) => "top_up",
            Self::Withdraw(_) => "withdraw",
            Self::SubmitVerification(_) => "submit_verification",
            Self::PatchMe(_) => "patch_me",
            Self::PatchProviderProfile(_) => "patch_provider_profile",
            Self::SaveLocation(_) => "save_location",
            Self::MarkNotificationRead(_) => "mark_notification_read",
            Self::ReadAllNotifications => "read_all_notifications",
        }
    }
}

/// The names the engine itself has to recognise.
pub(crate) const DEPART: &str = "depart";
pub(crate) const ARRIVE: &str = "arrive";
pub(crate) const CANCEL: &str = "cancel";
pub(crate) const WORK_NOTES: &str = "work_notes";
pub(crate) const SET_AVAILABILITY: &str = "set_availability";
