//! What a client may want of an order.

use std::collections::BTreeMap;

use rapi_core::Id;
use rapi_core::values::User;
use rapi_core::wire::orders::RatingRequest;
use rapi_core::wire::payments::PaymentMethod;

/// Something that is wanted on the screen of an order.
#[derive(Debug, Clone, PartialEq)]
pub enum Wish {
    /// To leave the screen.
    Back,
    /// To call the order off, for this reason.
    Cancel(String),
    /// To pay this way.
    Pay(PaymentMethod),
    /// To say how it was.
    Rate(Rated),
    /// To ask for the very same once more, now.
    SearchAgain,
    /// To ask for the same at another time.
    Schedule,
    /// To order something like it.
    OrderAgain,
    /// To write this about the work.
    Note(String),
    /// To see who she is.
    OpenProvider(Id<User>),
}

/// How it was.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rated {
    /// Stars, 1 to 5; 0 before any were given.
    pub stars: i32,
    /// Stars by aspect.
    pub aspects: BTreeMap<String, i32>,
    /// In words.
    pub review: String,
}

impl Rated {
    /// As the backend takes it.
    #[must_use]
    pub fn request(&self) -> RatingRequest {
        let review = self.review.trim();
        RatingRequest {
            rating: self.stars,
            review: (!review.is_empty()).then(|| review.to_owned()),
            rating_details: (!self.aspects.is_empty()).then(|| self.aspects.clone()),
        }
    }
}
