//! What the card of an offer shows.

use std::time::Duration;

use rapi_core::values::{Order, Rupiah};
use rapi_core::wire::events::OfferEnd;
use rapi_core::wire::orders::OfferItem;
use rapi_core::wire::payments::PaymentMethod;
use rapi_core::{Id, LatLng, Timestamp};

use crate::jobs::{Earned, WayAhead, estimate};
use crate::orders::ServiceName;

/// An order begun later than this from now is one for later.
const SOON: Duration = Duration::from_secs(15 * 60);

/// An order that can be taken.
#[derive(Debug, Clone, PartialEq)]
pub struct OfferView {
    /// Which.
    pub id: Id<Order>,
    /// Its name for people.
    pub number: String,
    /// The kind of work.
    pub service: ServiceName,
    /// Who asks, by name.
    pub client: String,
    /// Where.
    pub place: Option<LatLng>,
    /// Where, in words.
    pub address: String,
    /// How far the place is, in a straight line as the backend ranks it.
    pub distance_km: f64,
    /// What is to be done.
    pub description: Option<String>,
    /// How many pictures there are of it; they are seen once it is taken.
    pub photos: usize,
    /// How the client means to pay.
    pub method: Option<PaymentMethod>,
    /// What two hours bring.
    pub estimate: Earned,
    /// The price of five minutes.
    pub rate: Rupiah,
    /// The client's limit.
    pub limit: Option<Rupiah>,
    /// When it is wanted, if that is not now.
    pub later: Option<Timestamp>,
    /// The zone of the place.
    pub zone: String,
    /// Until when it can be taken.
    pub expires_at: Timestamp,
}

impl OfferView {
    /// `offer` as it stands at `now`.
    #[must_use]
    pub fn of(offer: &OfferItem, now: Timestamp) -> Self {
        let order = &offer.order;
        Self {
            id: order.id,
            number: order.order_number.clone(),
            service: ServiceName::of(order),
            client: order.client.full_name.clone(),
            place: LatLng::try_new(order.service_latitude, order.service_longitude).ok(),
            address: order.service_address.clone(),
            distance_km: offer.distance_km,
            description: order.description.clone().filter(|words| !words.trim().is_empty()),
            photos: order.photo_urls.len(),
            method: order.payment_method.known().copied(),
            estimate: estimate(order),
            rate: order.rate_per_5_minutes,
            limit: order.max_amount,
            later: Some(order.requested_time).filter(|wanted| wanted.since(now) > SOON),
            zone: order.time_zone.clone(),
            expires_at: offer.offer_expires_at,
        }
    }

    /// How long it can still be taken.
    #[must_use]
    pub fn left(&self, now: Timestamp) -> Duration {
        self.expires_at.since(now)
    }

    /// The way there, along streets.
    #[must_use]
    pub fn way(&self) -> WayAhead {
        WayAhead::of_line(self.distance_km)
    }
}

/// Why an offer that was shown is no longer there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gone {
    /// Somebody else was faster.
    Taken,
    /// The client called it off.
    Cancelled,
    /// For a reason that is not known.
    Closed,
    /// Nobody answered in time.
    Expired,
}

/// What follows from the offers of the moment for those who look at them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ringing {
    /// Those that wait for an answer, as the backend ranks them.
    pub offers: Vec<OfferView>,
    /// The one that went while it was looked at.
    pub gone: Option<(Id<Order>, Gone)>,
}

impl Gone {
    /// As the backend says it.
    #[must_use]
    pub const fn of(end: OfferEnd) -> Self {
        match end {
            OfferEnd::Taken => Self::Taken,
            OfferEnd::Cancelled => Self::Cancelled,
            OfferEnd::Expired => Self::Expired,
        }
    }
}

impl Ringing {
    /// With `offers` open at `now`. `answered` are those the provider has answered, `taken` those she was told somebody else has;
    /// `why` says why an offer ended, as far as the backend has said.
    #[must_use]
    pub fn next(
        &self,
        offers: Vec<OfferView>,
        answered: &[Id<Order>],
        taken: &[Id<Order>],
        why: impl Fn(Id<Order>) -> Option<Gone>,
        now: Timestamp,
    ) -> Self {
        let open: Vec<OfferView> = offers.into_iter().filter(|offer| !answered.contains(&offer.id) && !offer.left(now).is_zero()).collect();
        let lost = self.offers.iter().find(|shown| !open.iter().any(|offer| offer.id == shown.id) && !answered.contains(&shown.id));
        let run_out = |shown: &OfferView| if shown.left(now).is_zero() { Gone::Expired } else { Gone::Closed };
        let news = lost.map(|shown| (shown.id, why(shown.id).unwrap_or_else(|| run_out(shown))));
        let taken = taken.iter().find(|id| answered.contains(id) && self.gone.is_none_or(|(gone, _)| gone != **id));
        // The word of the backend may come after the offer went.
        let known = self.gone.map(|(id, gone)| (id, if gone == Gone::Closed { why(id).unwrap_or(gone) } else { gone }));
        let gone = taken.map(|id| (*id, Gone::Taken)).or(news).or(known);
        Self { offers: open, gone }
    }

    /// After it was said that one has gone.
    #[must_use]
    pub fn understood(mut self) -> Self {
        self.gone = None;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::fixtures::{at, value};

    fn offer(number: u8, expires: i64) -> OfferView {
        let mut value = value("PENDING");
        value["id"] = format!("01a2008d-7400-7000-8000-0000000000{number:02x}").into();
        value["distance_km"] = 1.8.into();
        value["offer_expires_at"] = serde_json::to_value(at(expires)).unwrap();
        OfferView::of(&serde_json::from_value(value).unwrap(), at(0))
    }

    fn unsaid(_: Id<Order>) -> Option<Gone> {
        None
    }

    #[test]
    fn an_offer_says_what_it_brings_and_how_long_the_way_is() {
        let offer = offer(1, 120);
        assert_eq!((offer.estimate.gross, offer.estimate.net), (Rupiah::new(24_000), Rupiah::new(21_600)));
        assert_eq!((offer.way().minutes, offer.left(at(102)), offer.later), (7, Duration::from_secs(18), None));
    }

    #[test]
    fn what_goes_while_it_is_shown_is_said() {
        let shown = Ringing::default().next(vec![offer(1, 120)], &[], &[], unsaid, at(0));
        assert_eq!((shown.offers.len(), shown.gone), (1, None));
        let id = shown.offers[0].id;
        assert_eq!(shown.next(vec![], &[], &[], unsaid, at(60)).gone, Some((id, Gone::Closed)));
        let expired = shown.next(vec![offer(1, 120)], &[], &[], unsaid, at(121));
        assert_eq!((expired.offers.len(), expired.gone), (0, Some((id, Gone::Expired))));
        assert_eq!(expired.clone().next(vec![], &[], &[], unsaid, at(200)).gone, expired.gone, "until it was read");
        assert_eq!(expired.understood().gone, None);
    }

    #[test]
    fn why_an_offer_went_is_said_as_the_backend_says_it() {
        let shown = Ringing::default().next(vec![offer(1, 120)], &[], &[], unsaid, at(0));
        let id = shown.offers[0].id;
        for end in OfferEnd::ALL {
            let gone = Gone::of(*end);
            assert_eq!(shown.next(vec![], &[], &[], |_| Some(gone), at(60)).gone, Some((id, gone)));
        }
        let unknown = shown.next(vec![], &[], &[], unsaid, at(60));
        assert_eq!(unknown.next(vec![], &[], &[], |_| Some(Gone::Cancelled), at(61)).gone, Some((id, Gone::Cancelled)), "said later");
    }

    #[test]
    fn what_was_answered_rings_no_more_and_nothing_is_said_of_it() {
        let shown = Ringing::default().next(vec![offer(1, 120), offer(2, 120)], &[], &[], unsaid, at(0));
        let first = shown.offers[0].id;
        let next = shown.next(vec![offer(1, 120), offer(2, 120)], &[first], &[], unsaid, at(5));
        assert_eq!((next.offers.len(), next.gone), (1, None));
        assert_eq!(next.next(vec![offer(2, 120)], &[first], &[first], unsaid, at(6)).gone, Some((first, Gone::Taken)));
    }
}
