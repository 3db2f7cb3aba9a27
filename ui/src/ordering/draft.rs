//! What is filled in so far.

use rapi_core::orders::Zone;
use rapi_core::values::{Category, User};
use rapi_core::wire::categories::CategoryItem;
use rapi_core::wire::orders::{CreateOrderRequest, OrderItem};
use rapi_core::wire::payments::PaymentMethod;
use rapi_core::wire::people::{LocationItem, LocationRequest};
use rapi_core::{Id, LatLng, Rupiah, Timestamp};

use super::moment::Later;
use crate::account::AddressForm;
use crate::formats::read_rupiah;
use crate::text::Word;

/// How many photos belong to an order at most.
pub const MOST_PHOTOS: usize = 10;
/// The highest limit that can be set.
const MOST_CAP: i64 = 1_000_000_000;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// One of the categories.
    Category(Id<Category>),
    /// Something else.
    Custom,
}

/// Who is asked first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preferred {
    /// Who.
    pub id: Id<User>,
    /// Her name.
    pub name: String,
    /// Where her photo is to be had.
    pub photo: Option<String>,
    /// Slugs of what she does.
    pub services: Vec<String>,
}

/// An order in the making.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// What is asked for, once chosen.
    pub asked: Option<Asked>,
    /// The name of something else.
    pub custom: String,
    /// What is to be done.
    pub description: String,
    /// Where, once the pin was placed.
    pub place: Option<LatLng>,
    /// Where, in words.
    pub address: String,
    /// Is the address to be saved?
    pub keeps: bool,
    /// When, unless at once.
    pub later: Option<Later>,
    /// Who is asked first.
    pub preferred: Option<Preferred>,
    /// How it will be paid.
    pub method: PaymentMethod,
    /// The most it may cost, as typed.
    pub cap: String,
    /// How long it may take, for the quote.
    pub minutes: i64,
}

/// What is wrong with each field, if anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Faults {
    /// With what is asked for.
    pub asked: Option<Word>,
    /// With the name of something else.
    pub custom: Option<Word>,
    /// With what is to be done.
    pub description: Option<Word>,
    /// With the pin.
    pub place: Option<Word>,
    /// With the address.
    pub address: Option<Word>,
    /// With the time.
    pub later: Option<Word>,
    /// With the limit.
    pub cap: Option<Word>,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            asked: None,
            custom: String::new(),
            description: String::new(),
            place: None,
            address: String::new(),
            keeps: false,
            later: None,
            preferred: None,
            method: PaymentMethod::Cash,
            cap: String::new(),
            minutes: 120,
        }
    }
}

impl Draft {
    /// A new one for `slug`, if that is one of `categories`, at the saved address that is offered first.
    #[must_use]
    pub fn new(slug: &str, categories: &[CategoryItem], saved: &[LocationItem]) -> Self {
        let category = categories.iter().find(|category| category.slug == slug);
        let asked = category.map(|category| Asked::Category(category.id)).or((slug == "other").then_some(Asked::Custom));
        let home = saved.iter().find(|location| location.is_primary).or(saved.first());
        let draft = Self { asked, ..Self::default() };
        home.map_or(draft.clone(), |home| draft.at(home))
    }

    /// Filled in as `order` was.
    #[must_use]
    pub fn again(order: &OrderItem) -> Self {
        Self {
            asked: Some(order.service_category_id.map_or(Asked::Custom, Asked::Category)),
            custom: order.custom_category_name.clone().unwrap_or_default(),
            description: order.description.clone().unwrap_or_default(),
            place: LatLng::try_new(order.service_latitude, order.service_longitude).ok(),
            address: order.service_address.clone(),
            method: order.payment_method.known().copied().unwrap_or(PaymentMethod::Cash),
            cap: order.max_amount.map(|cap| cap.get().to_string()).unwrap_or_default(),
            ..Self::default()
        }
    }

    /// At a saved address.
    #[must_use]
    pub fn at(self, saved: &LocationItem) -> Self {
        let place = LatLng::try_new(saved.latitude, saved.longitude).ok();
        Self { place, address: saved.address.clone(), ..self }
    }

    /// Is the address one that is not among the `saved`?
    #[must_use]
    pub fn is_elsewhere(&self, saved: &[LocationItem]) -> bool {
        let address = self.address.trim();
        !address.is_empty() && saved.iter().all(|location| location.address.trim() != address)
    }

    /// The address that is to be saved beside those that are `saved`, once it has its pin; the first is offered first from then on.
    #[must_use]
    pub fn kept(&self, saved: &[LocationItem]) -> Option<LocationRequest> {
        let place = self.place.filter(|_| self.keeps && self.is_elsewhere(saved))?;
        Some(AddressForm { label: None, address: self.address.trim().to_owned(), place, is_primary: saved.is_empty() }.into())
    }

    /// With `preferred` asked first: what she does not do is not asked for, and the only thing she does is.
    #[must_use]
    pub fn asking(self, preferred: Preferred, categories: &[CategoryItem]) -> Self {
        let hers: Vec<_> = categories.iter().filter(|category| preferred.services.contains(&category.slug)).collect();
        let asked = match (self.asked, hers.as_slice()) {
            (Some(Asked::Category(id)), hers) if hers.iter().all(|category| category.id != id) => None,
            (None, [only]) => Some(Asked::Category(only.id)),
            (asked, _) => asked,
        };
        Self { asked, preferred: Some(preferred), ..self }
    }

    /// May this be asked for? Whoever is asked first does only some things.
    #[must_use]
    pub fn offers(&self, category: &CategoryItem) -> bool {
        self.preferred.as_ref().is_none_or(|preferred| preferred.services.contains(&category.slug))
    }

    /// The zone of the place; WIB before there is one.
    #[must_use]
    pub fn zone(&self) -> Zone {
        self.place.map_or(Zone::Western, Zone::of)
    }

    /// The limit, once an amount was typed.
    #[must_use]
    pub fn cap_amount(&self) -> Option<Rupiah> {
        read_rupiah(&self.cap).ok()
    }

    /// The order, as it is sent at `now` with these photos.
    ///
    /// # Errors
    /// The [`Faults`] that are plain without asking anybody.
    pub fn check(&self, now: Timestamp, photo_urls: Vec<String>) -> Result<CreateOrderRequest, Faults> {
        let faults = self.faults(now);
        let (Some(place), true) = (self.place, faults == Faults::default()) else { return Err(faults) };
        let text = |words: &str| Some(words.trim().to_owned()).filter(|words| !words.is_empty());
        let (service_category_id, custom_category_name) = match &self.asked {
            Some(Asked::Category(id)) => (Some(*id), None),
            Some(Asked::Custom) | None => (None, text(&self.custom)),
        };
        Ok(CreateOrderRequest {
            service_category_id,
            custom_category_name,
            description: text(&self.description),
            service_latitude: place.latitude(),
            service_longitude: place.longitude(),
            service_address: self.address.trim().to_owned(),
            requested_time: self.later.map_or(now, |later| later.timestamp(now, self.zone())),
            preferred_provider_id: self.preferred.as_ref().map(|preferred| preferred.id),
            payment_method: self.method,
            max_amount: self.cap_amount(),
            photo_urls,
        })
    }

    fn faults(&self, now: Timestamp) -> Faults {
        let custom = match (&self.asked, self.custom.trim().chars().count()) {
            (Some(Asked::Custom), 0) => Some(Word::FormCustomMissing),
            (Some(Asked::Custom), 101..) => Some(Word::FormTooLong),
            _ => None,
        };
        let address = match self.address.trim().chars().count() {
            0 => Some(Word::FormAddressMissing),
            501.. => Some(Word::FormTooLong),
            _ => None,
        };
        Faults {
            asked: self.asked.is_none().then_some(Word::FormServiceMissing),
            custom,
            description: (self.description.trim().chars().count() > 2_000).then_some(Word::FormTooLong),
            place: self.place.is_none().then_some(Word::FormPlaceMissing),
            address,
            later: self.later.and_then(|later| later.fault(now, self.zone())),
            cap: self.cap_fault(),
        }
    }

    fn cap_fault(&self) -> Option<Word> {
        if self.cap.trim().is_empty() {
            return None;
        }
        match read_rupiah(&self.cap) {
            Ok(cap) => (!(1..=MOST_CAP).contains(&cap.get())).then_some(Word::FormCapUnclear),
            Err(unclear) => Some(unclear),
        }
    }
}
