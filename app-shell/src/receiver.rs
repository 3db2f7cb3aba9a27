//! Where this device is. A computer has no receiver: it is told a place, or pretends to ride.

use std::sync::{Arc, Mutex, PoisonError};

use rapi_core::LatLng;
use rapi_engine::{Host, SimulatedRide, SystemClock, Way};

/// How fast a pretended ride goes unless it is told, in metres a second: a scooter in town.
pub const TOWN_SPEED: f64 = 8.0;

/// Where this device is, as far as it knows.
#[derive(Clone)]
pub struct Receiver {
    place: Arc<Mutex<Option<LatLng>>>,
    ride: Option<SimulatedRide>,
}

impl Receiver {
    /// Stands at `place`, if that is told; rides from there at `speed` in metres a second when somebody sets off.
    pub(crate) fn new(place: Option<LatLng>, speed: f64, host: &mut Host) -> Self {
        let ride = place.map(|place| SimulatedRide::new(Arc::new(SystemClock::default()), Way::new(place, []), speed));
        if let Some(ride) = &ride {
            host.location = Arc::new(ride.clone());
        }
        Self { place: Arc::new(Mutex::new(place)), ride }
    }

    /// Where the device is.
    #[must_use]
    pub fn place(&self) -> Option<LatLng> {
        match &self.ride {
            Some(ride) => Some(ride.fix().position),
            None => *self.place.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// Its owner sets off for `to`. A true receiver notices by itself; this one pretends, once for each way.
    pub fn set_off(&self, to: LatLng) {
        let Some(ride) = &self.ride else { return };
        let from = ride.fix().position;
        // Streets have corners: first along, then across.
        let corner = LatLng::try_new(from.latitude(), to.longitude()).unwrap_or(to);
        ride.park(Way::new(from, [corner, to]));
        ride.set_off();
    }
}
