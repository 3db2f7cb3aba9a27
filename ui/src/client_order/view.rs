//! What the screen shows.

use std::time::Duration;

use rapi_core::dispatch::DispatchRules;
use rapi_core::orders::Action;
use rapi_core::tracking::TrackingStatus;
use rapi_core::values::{Order, User};
use rapi_core::wire::location::TrackingResponse;
use rapi_core::wire::orders::{OrderDetail, OrderItem, Party};
use rapi_core::wire::payments::{PaymentMethod, PaymentResponse, PaymentStatus};
use rapi_core::{Id, Rupiah, Timestamp};

use super::Rated;
use crate::orders::{BillView, NotesView, ServiceName, Side, Standing, WorkClock};
use crate::wallet::ChargeView;

/// What is known around an order besides itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outlook<'a> {
    /// Where the provider is.
    pub tracking: Option<&'a TrackingResponse>,
    /// What was asked of this order and not answered yet: the stable name of the intent.
    pub pending: Option<&'a str>,
    /// Notes on the work that wait to be sent.
    pub notes: Option<&'a str>,
    /// Can the backend be reached?
    pub is_online: bool,
    /// What is in the wallet.
    pub balance: Option<Rupiah>,
    /// The time.
    pub now: Timestamp,
}

/// A client's order.
#[derive(Debug, Clone, PartialEq)]
pub struct ClientOrderView {
    /// Which.
    pub id: Id<Order>,
    /// Its name for people.
    pub number: String,
    /// What was ordered.
    pub service: ServiceName,
    /// How it stands.
    pub standing: Standing,
    /// What that stage needs.
    pub life: Life,
    /// Who comes, once somebody does.
    pub person: Option<Person>,
    /// What both sides wrote about the work.
    pub notes: NotesView,
    /// The order itself, for its details.
    pub order: OrderItem,
    /// May it still be called off?
    pub may_cancel: bool,
    /// What was asked for and not answered yet.
    pub pending: Option<String>,
    /// Can the backend be reached?
    pub is_online: bool,
    /// The time.
    pub now: Timestamp,
}

/// Who comes.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// The person.
    pub id: Id<User>,
    /// Name.
    pub name: String,
    /// Where the photo is to be had.
    pub photo: Option<String>,
    /// Average of her ratings.
    pub rating: Option<f64>,
}

impl Person {
    fn of(party: &Party) -> Self {
        Self { id: party.id, name: party.full_name.clone(), photo: party.profile_photo.clone(), rating: party.average_rating }
    }

    /// What one calls her.
    #[must_use]
    pub fn first_name(&self) -> &str {
        self.name.split_whitespace().next().unwrap_or(&self.name)
    }
}

/// What the stage of an order needs of the screen.
#[derive(Debug, Clone, PartialEq)]
pub enum Life {
    /// Providers are asked.
    Searching(SearchView),
    /// They will be from then on.
    Scheduled {
        /// When the search begins.
        search_at: Timestamp,
    },
    /// Nobody took it.
    NoProvider,
    /// Somebody comes.
    Coming(WayView),
    /// She works.
    Working(Option<WorkClock>),
    /// The bill is to be paid.
    Paying(PayView),
    /// It is paid: how was it?
    Rating(Option<BillView>),
    /// All is done.
    Completed {
        /// The bill.
        bill: Option<BillView>,
        /// What the client said of it.
        rated: Option<Rated>,
    },
    /// It was ended.
    Cancelled {
        /// By the client herself?
        by_me: bool,
        /// Why, in words.
        reason: Option<String>,
    },
    /// Something that a newer backend says.
    Unknown,
}

/// How far the search is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SearchView {
    /// The part of the time that is over, 0 to 1.
    pub part: f64,
    /// The time that is left.
    pub left: Duration,
    /// How far around is asked, in kilometres.
    pub radius_km: f64,
    /// Is only the preferred provider asked?
    pub preferred_alone: bool,
}

impl SearchView {
    fn of(order: &OrderItem, now: Timestamp) -> Self {
        let rules = DispatchRules::default();
        let passed = now.since(order.broadcast_time.unwrap_or(order.created_at));
        let part = (passed.as_secs_f64() / rules.give_up_after.as_secs_f64()).min(1.0);
        let wave = usize::try_from(passed.as_secs() / rules.wave_interval.as_secs().max(1)).unwrap_or(usize::MAX);
        let radius_km = rules.radii_km.get(wave).or(rules.radii_km.last()).copied().unwrap_or_default();
        let preferred_alone = order.preferred_provider_id.is_some() && passed < rules.preferred_alone;
        Self { part, left: rules.give_up_after.saturating_sub(passed), radius_km, preferred_alone }
    }
}

/// How far she is.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct WayView {
    /// Minutes until she is there.
    pub minutes: Option<i32>,
    /// The way that is left.
    pub distance_km: Option<f64>,
    /// Do positions come in?
    pub is_live: bool,
    /// Did they, and do not at the moment?
    pub is_silent: bool,
}

impl WayView {
    fn of(tracking: Option<&TrackingResponse>) -> Self {
        let Some(tracking) = tracking else { return Self::default() };
        let known = tracking.latitude.is_some();
        Self {
            minutes: tracking.estimated_arrival_minutes.map(|minutes| minutes.max(1)),
            distance_km: tracking.distance_km,
            is_live: known && tracking.tracking_status.is(&TrackingStatus::Active),
            is_silent: known && tracking.tracking_status.is(&TrackingStatus::Paused),
        }
    }
}

/// How far paying is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PayState {
    /// Nothing was paid yet.
    Open,
    /// It did not work; another way may.
    Failed,
    /// The provider has to say that she has the cash.
    CashAwaited,
    /// The gateway has it; perhaps there is something to scan or a page to pay on.
    Processing(ChargeView),
}

/// A bill to be paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayView {
    /// The bill.
    pub bill: BillView,
    /// How far paying is.
    pub state: PayState,
    /// The way chosen last.
    pub method: PaymentMethod,
    /// What is in the wallet, if that is known.
    pub balance: Option<Rupiah>,
}

impl PayView {
    fn of(order: &OrderItem, payment: &PaymentResponse, outlook: &Outlook<'_>) -> Self {
        let method = payment.payment_method.known().or_else(|| order.payment_method.known()).copied().unwrap_or(PaymentMethod::Cash);
        let state = match payment.status.known() {
            Some(PaymentStatus::Failed) => PayState::Failed,
            Some(PaymentStatus::Processing) if method == PaymentMethod::Cash => PayState::CashAwaited,
            Some(PaymentStatus::Processing | PaymentStatus::Completed) => {
                PayState::Processing(ChargeView::of_bill(payment, method, outlook.now))
            }
            Some(PaymentStatus::Pending | PaymentStatus::Refunded) | None => PayState::Open,
        };
        Self { bill: BillView::of(order, payment), state, method, balance: outlook.balance }
    }

    /// What is missing in the wallet to pay from it.
    #[must_use]
    pub fn missing(&self) -> Option<Rupiah> {
        self.balance.map(|balance| self.bill.total - balance).filter(|missing| missing.is_positive())
    }
}

impl ClientOrderView {
    /// The order of `detail` with what is known around it.
    #[must_use]
    pub fn of(detail: &OrderDetail, outlook: &Outlook<'_>) -> Self {
        let order = &detail.order;
        let standing = Standing::of(order);
        let may_cancel = detail.actions.iter().any(|action| action.is(&Action::Cancel)) && standing.is_running();
        Self {
            id: order.id,
            number: order.order_number.clone(),
            service: ServiceName::of(order),
            standing,
            life: life(detail, standing, outlook),
            person: order.provider.as_ref().map(Person::of),
            notes: NotesView::of(detail.work_session.as_ref(), Side::Client, outlook.notes),
            order: order.clone(),
            may_cancel,
            pending: outlook.pending.map(str::to_owned),
            is_online: outlook.is_online,
            now: outlook.now,
        }
    }

    /// Is an answer to this intent awaited?
    #[must_use]
    pub fn awaits(&self, what: &str) -> bool {
        self.pending.as_deref() == Some(what)
    }
}

fn life(detail: &OrderDetail, standing: Standing, outlook: &Outlook<'_>) -> Life {
    let order = &detail.order;
    let bill = || detail.payment.as_ref().map(|payment| BillView::of(order, payment));
    match standing {
        Standing::Searching => Life::Searching(SearchView::of(order, outlook.now)),
        Standing::Scheduled => Life::Scheduled { search_at: order.requested_time - DispatchRules::default().scheduled_lead },
        Standing::NoProvider => Life::NoProvider,
        Standing::Accepted | Standing::OnTheWay | Standing::Arrived => Life::Coming(WayView::of(outlook.tracking)),
        Standing::Working => Life::Working(detail.work_session.as_ref().map(|session| WorkClock::of(session, order, outlook.now))),
        Standing::AwaitingPayment => match &detail.payment {
            Some(payment) => Life::Paying(PayView::of(order, payment, outlook)),
            None => Life::Unknown,
        },
        Standing::AwaitingRating => Life::Rating(bill()),
        Standing::Completed => Life::Completed { bill: bill(), rated: rated(detail) },
        Standing::Cancelled => Life::Cancelled {
            by_me: order.cancelled_by == Some(order.client.id),
            reason: order.cancellation_reason.clone().filter(|reason| !reason.is_empty()),
        },
        Standing::Unknown => Life::Unknown,
    }
}

fn rated(detail: &OrderDetail) -> Option<Rated> {
    let rating = detail.rating.as_ref()?;
    let (aspects, review) = (rating.rating_details.clone().unwrap_or_default(), rating.review.clone().unwrap_or_default());
    Some(Rated { stars: rating.rating, aspects, review })
}
