//! What the screen of a job shows.

use std::time::Duration;

use rapi_core::orders::Status;
use rapi_core::pricing::Tariff;
use rapi_core::values::{Order, Rupiah, User};
use rapi_core::wire::orders::{OrderDetail, OrderItem};
use rapi_core::wire::payments::{PaymentMethod, PaymentStatus};
use rapi_core::{Id, LatLng, Timestamp};

use super::money::tariff_of;
use super::{Cap, Earned, Forecast, JobStep, Move, Moves, WorkClock};
use crate::orders::{NotesView, ServiceName, Side};

/// A job of the provider who is signed in, ahead of what the backend knows.
#[derive(Debug, Clone, PartialEq)]
pub struct JobView {
    /// Which.
    pub id: Id<Order>,
    /// Its name for people.
    pub number: String,
    /// The kind of work.
    pub service: ServiceName,
    /// Where it stands.
    pub step: JobStep,
    /// Who asked for it.
    pub client: String,
    /// Where, in words.
    pub address: String,
    /// Where.
    pub place: Option<LatLng>,
    /// What is to be done.
    pub description: Option<String>,
    /// Pictures of it.
    pub photo_urls: Vec<String>,
    /// The zone of the place.
    pub zone: String,
    /// When it is wanted.
    pub requested: Timestamp,
    /// The clock of the work.
    pub clock: Option<WorkClock>,
    /// The bill, once the work is done.
    pub bill: Option<BillView>,
    /// What the client said of it.
    pub rating: Option<RatingView>,
    /// How it was called off.
    pub cancelled: Option<CancelledView>,
    /// How the client means to pay.
    pub method: Option<PaymentMethod>,
    /// What both sides wrote about the work.
    pub notes: NotesView,
    /// How many moves wait to be sent.
    pub waiting: usize,
    tariff: Tariff,
}

/// A bill, as the provider sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BillView {
    /// Work, share and earnings.
    pub earned: Earned,
    /// What the client pays.
    pub total: Rupiah,
    /// Where the payment stands; nothing while the backend has not made the bill.
    pub status: Option<PaymentStatus>,
    /// May cash be taken for it?
    pub takes_cash: bool,
}

/// What a client said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RatingView {
    /// Stars.
    pub stars: i32,
    /// In words.
    pub review: Option<String>,
}

/// Who called a job off, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CancelledView {
    /// The provider herself, the client, or neither.
    pub by: CancelledBy,
    /// Why, in their words.
    pub reason: Option<String>,
}

/// Who called a job off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CancelledBy {
    /// The provider who looks at it.
    Provider,
    /// The client.
    Client,
    /// Rapi.
    Rapi,
}

impl JobView {
    /// `detail` with `moves` made on it.
    #[must_use]
    pub fn of(detail: &OrderDetail, moves: &Moves) -> Self {
        let Forecast { step, clock } = Forecast::of(detail, &moves.ahead());
        let order = &detail.order;
        let tariff = tariff_of(order);
        Self {
            id: order.id,
            number: order.order_number.clone(),
            service: ServiceName::of(order),
            step,
            client: order.client.full_name.clone(),
            address: order.service_address.clone(),
            place: LatLng::try_new(order.service_latitude, order.service_longitude).ok(),
            description: order.description.clone().filter(|words| !words.trim().is_empty()),
            photo_urls: order.photo_urls.clone(),
            zone: order.time_zone.clone(),
            requested: order.requested_time,
            clock,
            bill: bill_of(detail, step, clock, &tariff),
            rating: detail.rating.as_ref().map(|rating| RatingView { stars: rating.rating, review: rating.review.clone() }),
            cancelled: (step == JobStep::Cancelled).then(|| cancelled(order)),
            method: detail.payment.as_ref().map_or(&order.payment_method, |bill| &bill.payment_method).known().copied(),
            notes: NotesView::of(detail.work_session.as_ref(), Side::Provider, None),
            waiting: moves.waiting(),
            tariff,
        }
    }

    /// The same with the notes she wrote that are not sent yet.
    #[must_use]
    pub fn with_notes(self, detail: &OrderDetail, waiting: Option<&str>) -> Self {
        Self { notes: NotesView::of(detail.work_session.as_ref(), Side::Provider, waiting), ..self }
    }

    /// What one calls the client.
    #[must_use]
    pub fn client_first_name(&self) -> &str {
        self.client.split_whitespace().next().unwrap_or(&self.client)
    }

    /// May she write notes: from the start of the work until all is closed?
    #[must_use]
    pub const fn takes_notes(&self) -> bool {
        matches!(self.step, JobStep::Working | JobStep::Paused | JobStep::AwaitingPayment | JobStep::AwaitingRating)
    }

    /// The one large thing to do next.
    #[must_use]
    pub const fn slide(&self) -> Option<Move> {
        match self.step {
            JobStep::Accepted => Some(Move::Depart),
            JobStep::OnTheWay => Some(Move::Arrive),
            JobStep::Arrived => Some(Move::Start),
            JobStep::Working | JobStep::Paused => Some(Move::Stop),
            _ => None,
        }
    }

    /// Halting the clock, or letting it run again.
    #[must_use]
    pub const fn pause(&self) -> Option<Move> {
        match self.step {
            JobStep::Working => Some(Move::Pause),
            JobStep::Paused => Some(Move::Resume),
            _ => None,
        }
    }

    /// May she still call it off?
    #[must_use]
    pub const fn may_cancel(&self) -> bool {
        matches!(self.step, JobStep::Accepted | JobStep::OnTheWay | JobStep::Arrived)
    }

    /// Time worked until `now`.
    #[must_use]
    pub fn worked(&self, now: Timestamp) -> Duration {
        self.clock.map_or(Duration::ZERO, |clock| clock.worked(now))
    }

    /// What the work would bring if it ended now.
    #[must_use]
    pub fn earned(&self, now: Timestamp) -> Earned {
        Earned::by(&self.tariff, self.worked(now))
    }

    /// How near the work is to the client's limit.
    #[must_use]
    pub fn cap(&self, now: Timestamp) -> Option<Cap> {
        Cap::of(&self.tariff, self.earned(now).gross)
    }

    /// How far along the job is, of [`JobView::STAGES`].
    #[must_use]
    pub const fn stages_done(&self) -> usize {
        match self.step {
            JobStep::Accepted => 1,
            JobStep::OnTheWay => 2,
            JobStep::Arrived => 3,
            JobStep::Working | JobStep::Paused => 4,
            JobStep::AwaitingPayment => 5,
            _ => 6,
        }
    }

    /// Stages on the way of a job.
    pub const STAGES: usize = 6;
}

/// The bill as the backend made it; before that, what the clock says it will be.
fn bill_of(detail: &OrderDetail, step: JobStep, clock: Option<WorkClock>, tariff: &Tariff) -> Option<BillView> {
    if step.is_running() || matches!(step, JobStep::Cancelled | JobStep::Other) {
        return None;
    }
    let Some(payment) = &detail.payment else {
        // A clock that stands tells the same at every time.
        let earned = Earned::by(tariff, clock?.worked(Timestamp::default()));
        return Some(BillView { earned, total: earned.gross, status: None, takes_cash: false });
    };
    let is_cash = payment.payment_method.is(&PaymentMethod::Cash);
    let status = payment.status.known().copied();
    let is_open = match status {
        Some(PaymentStatus::Pending | PaymentStatus::Failed) => true,
        Some(PaymentStatus::Processing) => is_cash,
        _ => false,
    };
    Some(BillView {
        earned: Earned::billed(payment, detail.order.duration_minutes),
        total: payment.total_amount,
        status,
        takes_cash: is_open && step == JobStep::AwaitingPayment,
    })
}

fn cancelled(order: &OrderItem) -> CancelledView {
    let provider: Option<Id<User>> = order.provider.as_ref().map(|party| party.id);
    let is_known = order.status.is(&Status::Cancelled);
    let by = match order.cancelled_by {
        _ if !is_known => CancelledBy::Provider,
        Some(by) if by == order.client.id => CancelledBy::Client,
        Some(by) if Some(by) == provider || provider.is_none() => CancelledBy::Provider,
        _ => CancelledBy::Rapi,
    };
    CancelledView { by, reason: order.cancellation_reason.clone().filter(|reason| !reason.trim().is_empty()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::fixtures::{at, billed, changed, job, made, working};

    fn view(detail: &OrderDetail) -> JobView {
        JobView::of(detail, &Moves::default())
    }

    #[test]
    fn every_state_has_its_one_large_thing_to_do() {
        let slides = ["ACCEPTED", "ON_THE_WAY", "ARRIVED", "COMPLETED", "CANCELLED"].map(|status| view(&job(status)).slide());
        assert_eq!(slides, [Some(Move::Depart), Some(Move::Arrive), Some(Move::Start), None, None]);
        let at_work = view(&working(60));
        assert_eq!((at_work.slide(), at_work.pause(), at_work.may_cancel()), (Some(Move::Stop), Some(Move::Pause), false));
        assert!(view(&job("ARRIVED")).may_cancel() && view(&job("ARRIVED")).pause().is_none());
    }

    #[test]
    fn a_break_is_ended_by_going_on() {
        let moves = Moves::default().next(vec![made(Move::Pause, 120)], &[], &working(60));
        let paused = JobView::of(&working(60), &moves);
        assert_eq!((paused.step, paused.pause(), paused.slide()), (JobStep::Paused, Some(Move::Resume), Some(Move::Stop)));
        assert_eq!((paused.worked(at(999)), paused.waiting), (Duration::from_secs(120), 1));
    }

    #[test]
    fn the_running_work_brings_what_its_started_minutes_are_worth_less_our_share() {
        let at_work = view(&working(4_320));
        let earned = at_work.earned(at(4_366));
        assert_eq!((earned.minutes, earned.gross, earned.net), (73, Rupiah::new(14_600), Rupiah::new(13_140)));
        assert!(at_work.cap(at(4_366)).is_none() && at_work.bill.is_none());
        let capped = view(&changed(&working(4_320), |order| order["max_amount"] = 16_000.into()));
        assert!(capped.cap(at(4_366)).is_some_and(|cap| cap.part > 0.9));
    }

    #[test]
    fn without_network_the_bill_is_foretold_and_no_cash_is_confirmed_on_it() {
        let moves = Moves::default().next(vec![made(Move::Stop, 3_600)], &[], &working(60));
        let bill = JobView::of(&working(60), &moves).bill.unwrap();
        assert_eq!((bill.total, bill.earned.net, bill.status), (Rupiah::new(12_000), Rupiah::new(10_800), None));
        assert!(!bill.takes_cash);
    }

    #[test]
    fn cash_is_taken_while_a_bill_is_open_and_no_gateway_has_it() {
        let takes = |payment: &str, method: &str| {
            let detail = changed(&billed("awaiting_payment", payment), |order| order["payment"]["payment_method"] = method.into());
            view(&detail).bill.is_some_and(|bill| bill.takes_cash)
        };
        assert!(takes("PENDING", "CASH") && takes("PROCESSING", "CASH") && takes("FAILED", "E_WALLET"));
        assert!(!takes("PROCESSING", "E_WALLET") && !takes("COMPLETED", "CASH"));
        assert!(!view(&billed("awaiting_rating", "COMPLETED")).bill.unwrap().takes_cash);
    }

    #[test]
    fn who_called_it_off_is_told() {
        let by =
            |id: serde_json::Value| view(&changed(&job("CANCELLED"), |order| order["cancelled_by"] = id.clone())).cancelled.unwrap().by;
        let people = changed(&job("CANCELLED"), |_| {});
        let client = serde_json::to_value(people.order.client.id).unwrap();
        let provider = serde_json::to_value(people.order.provider.unwrap().id).unwrap();
        assert_eq!(
            [by(client), by(provider), by(serde_json::Value::Null)],
            [CancelledBy::Client, CancelledBy::Provider, CancelledBy::Rapi]
        );
    }
}
