//! An order as admins see it.

use rapi_core::orders::Action;
use rapi_core::values::Rupiah;
use rapi_core::wire::orders::{OrderDetail, OrderItem, TimelineItem};
use rapi_core::{Id, values::User};

use super::words::{Kept, actor, cancelled_because, order_status, payment_method, payment_status};
use crate::controls::TagTone;
use crate::formats::Zoned;
use crate::text::Word;

/// A line of the bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillLine {
    /// What for.
    pub name: Word,
    /// How much.
    pub amount: Rupiah,
    /// The sum?
    pub is_sum: bool,
}

/// A step of its life.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// When.
    pub at: Zoned,
    /// What it became.
    pub became: Kept,
    /// Who did it.
    pub by: Kept,
}

/// An order with all that admins may know.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderView {
    /// Its name for people.
    pub number: String,
    /// Where in its life.
    pub status: (TagTone, Kept),
    /// The category's slug, or the custom one.
    pub category: Kept,
    /// The category's slug.
    pub slug: Option<String>,
    /// Who asked.
    pub client: (Id<User>, String),
    /// Who does it.
    pub provider: Option<(Id<User>, String)>,
    /// Where.
    pub address: String,
    /// Where, degrees north and east.
    pub place: (f64, f64),
    /// What is to be done.
    pub description: Option<String>,
    /// When it was ordered.
    pub ordered: Zoned,
    /// When it is wanted.
    pub wanted: Zoned,
    /// Why it was called off.
    pub cancelled: Option<Kept>,
    /// What five minutes cost.
    pub rate: Rupiah,
    /// The cap.
    pub cap: Option<Rupiah>,
    /// How it is paid.
    pub method: Kept,
    /// The bill, once there is one.
    pub bill: Vec<BillLine>,
    /// How far the payment has come.
    pub paid: Option<(TagTone, Kept)>,
    /// Minutes worked.
    pub minutes: Option<i64>,
    /// Do the clocks of phone and backend disagree?
    pub clock_is_unsure: bool,
    /// What each side wrote about the work.
    pub notes: Vec<(Word, String)>,
    /// Stars, and the review.
    pub rating: Option<(i32, Option<String>)>,
    /// Photos that came with it.
    pub photos: Vec<String>,
    /// Its life so far.
    pub steps: Vec<Step>,
    /// May an admin call it off now?
    pub can_cancel: bool,
    /// The zone of its place.
    pub time_zone: String,
}

impl OrderView {
    /// `detail`, with the steps it took.
    #[must_use]
    pub fn of(detail: &OrderDetail, timeline: &[TimelineItem]) -> Self {
        let order = &detail.order;
        let party = |party: &rapi_core::wire::orders::Party| (party.id, party.full_name.clone());
        let zoned = |at| Zoned::of(at, &order.time_zone);
        Self {
            number: order.order_number.clone(),
            status: order_status(&order.status, order.stage.as_ref()),
            category: category(order),
            slug: order.service_category_slug.clone(),
            client: party(&order.client),
            provider: order.provider.as_ref().map(party),
            address: order.service_address.clone(),
            place: (order.service_latitude, order.service_longitude),
            description: order.description.clone().filter(|said| !said.trim().is_empty()),
            ordered: zoned(order.created_at),
            wanted: zoned(order.requested_time),
            cancelled: order.cancellation_reason.as_deref().map(cancelled_because),
            rate: order.rate_per_5_minutes,
            cap: order.max_amount,
            method: payment_method(detail.payment.as_ref().map_or(&order.payment_method, |bill| &bill.payment_method)),
            bill: bill(detail),
            paid: detail.payment.as_ref().map(|bill| payment_status(&bill.status)),
            minutes: detail.work_session.as_ref().map(|work| work.duration_minutes),
            clock_is_unsure: detail.work_session.as_ref().is_some_and(|work| work.clock_unsure),
            notes: notes(detail),
            rating: detail.rating.as_ref().map(|given| (given.rating, given.review.clone())),
            photos: order.photo_urls.clone(),
            steps: timeline.iter().map(|step| Step::of(step, &order.time_zone)).collect(),
            can_cancel: detail.actions.iter().any(|action| action.is(&Action::Cancel)),
            time_zone: order.time_zone.clone(),
        }
    }
}

impl Step {
    fn of(step: &TimelineItem, time_zone: &str) -> Self {
        Self { at: Zoned::of(step.at, time_zone), became: order_status(&step.to, step.stage.as_ref()).1, by: actor(&step.actor) }
    }
}

/// The custom category, or the slug of ours.
pub(super) fn category(order: &OrderItem) -> Kept {
    let name = order.custom_category_name.as_ref().or(order.service_category_slug.as_ref());
    Kept::Text(name.cloned().unwrap_or_default())
}

/// What was written about the work, and by which side.
fn notes(detail: &OrderDetail) -> Vec<(Word, String)> {
    let Some(work) = &detail.work_session else { return Vec::new() };
    let written = [(Word::RoleProvider, &work.provider_notes), (Word::RoleClient, &work.client_notes)];
    written.into_iter().filter_map(|(by, words)| Some((by, words.clone().filter(|words| !words.trim().is_empty())?))).collect()
}

/// Who pays what to whom; nothing before the work stopped.
fn bill(detail: &OrderDetail) -> Vec<BillLine> {
    let Some(bill) = &detail.payment else { return Vec::new() };
    let line = |name, amount| BillLine { name, amount, is_sum: false };
    let mut lines = vec![line(Word::AdminBillWork, bill.base_amount)];
    if bill.service_fee != Rupiah::ZERO {
        lines.push(line(Word::AdminBillFee, bill.service_fee));
    }
    if bill.discount != Rupiah::ZERO {
        lines.push(line(Word::AdminBillDiscount, -bill.discount));
    }
    lines.push(BillLine { is_sum: true, ..line(Word::AdminBillTotal, bill.total_amount) });
    lines.push(line(Word::AdminBillEarnings, bill.provider_earnings));
    lines.push(line(Word::AdminBillShare, bill.platform_fee));
    lines
}
