//! The values every rule speaks in: ids, money, places and time. Checked when made, so never checked again.

mod area;
mod id;
mod moment;
mod place;
mod rupiah;
mod timestamp;

pub use id::{Category, Device, Id, Media, Notification, Order, Payment, TopUp, User};
pub use moment::{BootId, Moment};
pub use place::{EARTH_RADIUS_METERS, LatLng, NotOnEarth};
pub use rupiah::{MoneyOverflow, Rupiah};
pub use timestamp::{NotATime, Timestamp};
