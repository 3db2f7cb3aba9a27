//! What the screen shows.

use rapi_core::orders::Zone;
use rapi_core::values::Order;
use rapi_core::wire::categories::CategoryItem;
use rapi_core::wire::location::TrackingResponse;
use rapi_core::wire::orders::{OrderDetail, OrderItem};
use rapi_core::wire::people::LocationItem;
use rapi_core::{Id, LatLng, Rupiah, Timestamp};

use crate::formats::{Zoned, distance};
use crate::orders::{ServiceName, Standing, WorkClock};
use crate::text::{Text, Word};

/// How one is greeted at this time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Greeting {
    /// Until eleven.
    Morning,
    /// Until three.
    Noon,
    /// Until six.
    Afternoon,
    /// And then.
    Evening,
}

impl Greeting {
    /// At `now`, where the client is.
    #[must_use]
    pub fn at(now: Timestamp, home: Option<LatLng>) -> Self {
        match Zoned::within(now, home.map_or(Zone::Western, Zone::of)).hour() {
            4..=10 => Self::Morning,
            11..=14 => Self::Noon,
            15..=17 => Self::Afternoon,
            _ => Self::Evening,
        }
    }

    /// In words.
    #[must_use]
    pub const fn word(self) -> Word {
        match self {
            Self::Morning => Word::GreetingMorning,
            Self::Noon => Word::GreetingNoon,
            Self::Afternoon => Word::GreetingAfternoon,
            Self::Evening => Word::GreetingEvening,
        }
    }
}

/// An order under way, pinned on top.
#[derive(Debug, Clone, PartialEq)]
pub struct Pinned {
    /// Which.
    pub id: Id<Order>,
    /// How it stands.
    pub standing: Standing,
    /// What.
    pub service: ServiceName,
    /// Who comes, and where her photo is to be had.
    pub person: Option<(String, Option<String>)>,
    /// Minutes until she is there.
    pub minutes: Option<i32>,
    /// How far away she is.
    pub distance_km: Option<f64>,
    /// What the work costs so far, or the bill.
    pub amount: Option<Rupiah>,
    /// When it is wanted.
    pub at: Timestamp,
    /// The zone of the place.
    pub time_zone: String,
}

impl Pinned {
    fn of(detail: &OrderDetail, tracking: Option<&TrackingResponse>, now: Timestamp) -> Self {
        let order = &detail.order;
        let standing = Standing::of(order);
        let on_the_way = tracking.filter(|_| standing == Standing::OnTheWay);
        let amount = match standing {
            Standing::Working => detail.work_session.as_ref().map(|session| WorkClock::of(session, order, now).cost),
            Standing::AwaitingPayment => Some(order.total_amount),
            _ => None,
        };
        Self {
            id: order.id,
            standing,
            service: ServiceName::of(order),
            person: order.provider.as_ref().map(|party| (party.full_name.clone(), party.profile_photo.clone())),
            minutes: on_the_way.and_then(|tracking| tracking.estimated_arrival_minutes).map(|minutes| minutes.max(1)),
            distance_km: on_the_way.and_then(|tracking| tracking.distance_km),
            amount,
            at: order.requested_time,
            time_zone: order.time_zone.clone(),
        }
    }

    /// Does it need the client or a provider at this moment? What does not is drawn more quietly.
    #[must_use]
    pub const fn presses(&self) -> bool {
        !matches!(self.standing, Standing::Scheduled | Standing::AwaitingRating)
    }

    /// What stands above it.
    #[must_use]
    pub const fn title(&self) -> Word {
        match self.standing {
            Standing::AwaitingPayment | Standing::AwaitingRating => Word::PinnedWaits,
            Standing::Scheduled => Word::PinnedLater,
            _ => Word::PinnedTitle,
        }
    }

    /// How it stands, in a sentence.
    #[must_use]
    pub fn sentence(&self, text: Text) -> String {
        let name = self.person.as_ref().and_then(|(name, _)| name.split_whitespace().next()).unwrap_or_default().to_owned();
        let named = |word| text.fill(word, [("name", name.clone())]);
        let amount = self.amount.unwrap_or_default().to_string();
        match (self.standing, self.minutes) {
            (Standing::Searching, _) => text.say(Word::SearchTitle),
            (Standing::Scheduled, _) => text.say(Word::PinnedScheduled),
            (Standing::Accepted, _) => named(Word::PinnedAccepted),
            (Standing::OnTheWay, Some(minutes)) => text.fill(Word::PinnedComing, [("name", name), ("minutes", minutes.to_string())]),
            (Standing::OnTheWay, None) => named(Word::WayComing),
            (Standing::Arrived, _) => named(Word::WayArrived),
            (Standing::Working, _) => named(Word::PinnedWorking),
            (Standing::AwaitingPayment, _) => text.fill(Word::PinnedPay, [("amount", amount)]),
            (Standing::AwaitingRating, _) => named(Word::PinnedRate),
            (other, _) => text.say(other.word()),
        }
    }

    /// The stage, where the sentence does not name it already.
    #[must_use]
    pub fn tag(&self) -> Option<Word> {
        use Standing::{Accepted, Arrived, AwaitingPayment, AwaitingRating, OnTheWay, Scheduled, Working};
        let is_told = matches!(self.standing, Scheduled | Accepted | OnTheWay | Arrived | Working | AwaitingPayment | AwaitingRating);
        is_told.then(|| self.standing.word())
    }

    /// What stands below that.
    #[must_use]
    pub fn under(&self, now: Timestamp, text: Text) -> String {
        let service = self.service.say(text);
        let more = match self.standing {
            Standing::OnTheWay => self.distance_km.map(|km| distance(km, text.language())),
            Standing::Scheduled => Some(Zoned::of(self.at, &self.time_zone).when(now, text)),
            Standing::Working => self.amount.map(|amount| text.fill(Word::PinnedCost, [("amount", amount.to_string())])),
            _ => None,
        };
        more.map_or(service.clone(), |more| format!("{more} · {service}"))
    }
}

/// Where help is wanted, as far as is known.
#[derive(Debug, Clone, PartialEq)]
pub enum HomeAddress {
    /// Not known yet.
    Unknown,
    /// No address is saved.
    None,
    /// The saved address that is offered first.
    At(LocationItem),
}

/// Where the app begins.
#[derive(Debug, Clone, PartialEq)]
pub struct HomeView {
    /// How one is greeted.
    pub greeting: Greeting,
    /// Whom.
    pub name: String,
    /// Where help is wanted.
    pub address: HomeAddress,
    /// What is under way, the most pressing first.
    pub pinned: Vec<Pinned>,
    /// What can be ordered; nothing before it is known.
    pub categories: Option<Vec<CategoryItem>>,
    /// The stable code of why that is not known.
    pub fault: Option<String>,
}

impl HomeView {
    /// The orders of `details` that are under way, as they are pinned.
    #[must_use]
    pub fn pinned<'a>(
        details: impl IntoIterator<Item = &'a OrderDetail>,
        tracking: impl Fn(&OrderItem) -> Option<&'a TrackingResponse>,
        now: Timestamp,
    ) -> Vec<Pinned> {
        let mut pinned: Vec<Pinned> = details
            .into_iter()
            .filter(|detail| Standing::of(&detail.order).is_running())
            .map(|detail| Pinned::of(detail, tracking(&detail.order), now))
            .collect();
        let rank = |standing| match standing {
            Standing::Scheduled => 2,
            Standing::AwaitingRating => 1,
            _ => 0,
        };
        pinned.sort_by_key(|pinned| (rank(pinned.standing), std::cmp::Reverse(pinned.at)));
        pinned
    }
}
