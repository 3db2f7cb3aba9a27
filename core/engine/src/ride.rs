//! A ride along streets, for demos, tests and computers without a receiver.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rapi_core::tracking::Fix;
use rapi_core::{LatLng, Timestamp};
use tokio::task::JoinHandle;

use crate::host::{Clock, FixSink, LocationSource};

/// What the pretended receiver claims.
const ACCURACY_METERS: f32 = 5.0;

/// A way along corner points.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    corners: Vec<LatLng>,
}

/// A place on a way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OnTheWay {
    /// Where.
    pub position: LatLng,
    /// Direction of the street here, degrees clockwise from north.
    pub heading_degrees: u16,
    /// Metres still to go.
    pub left_meters: f64,
}

impl Way {
    /// From `start` over `corners`.
    #[must_use]
    pub fn new(start: LatLng, corners: impl IntoIterator<Item = LatLng>) -> Self {
        Self { corners: [start].into_iter().chain(corners).collect() }
    }

    /// Its length in metres.
    #[must_use]
    pub fn meters(&self) -> f64 {
        self.corners.windows(2).map(|leg| leg[0].meters_to(leg[1])).sum()
    }

    /// The place `meters` from the start; the end beyond it.
    #[must_use]
    pub fn at(&self, meters: f64) -> OnTheWay {
        let mut gone = 0.0;
        let mut heading_degrees = 0;
        for leg in self.corners.windows(2) {
            let length = leg[0].meters_to(leg[1]);
            if length > 0.0 {
                heading_degrees = leg[0].heading_to(leg[1]);
            }
            if meters < gone + length {
                let position = leg[0].towards(leg[1], (meters - gone) / length);
                return OnTheWay { position, heading_degrees, left_meters: self.meters() - meters };
            }
            gone += length;
        }
        OnTheWay { position: self.corners[self.corners.len() - 1], heading_degrees, left_meters: 0.0 }
    }
}

/// Waits at the start of its way, then rides to the end at a steady speed, and stays there.
///
/// Fixes carry the true time, so a ride is as plausible as its speed: the backend refuses more than 55 m/s.
#[derive(Clone)]
pub struct SimulatedRide {
    clock: Arc<dyn Clock>,
    state: Arc<Mutex<Ride>>,
}

struct Ride {
    way: Way,
    meters_per_second: f64,
    set_off: Option<Timestamp>,
    sampling: Option<JoinHandle<()>>,
}

impl SimulatedRide {
    /// Parked at the start of `way`; rides at `meters_per_second` once told to.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>, way: Way, meters_per_second: f64) -> Self {
        let ride = Ride { way, meters_per_second, set_off: None, sampling: None };
        Self { clock, state: Arc::new(Mutex::new(ride)) }
    }

    /// Starts riding now.
    pub fn set_off(&self) {
        self.lock().set_off = Some(self.clock.now());
    }

    /// Back to the start of another way, parked.
    pub fn park(&self, way: Way) {
        let mut ride = self.lock();
        (ride.way, ride.set_off) = (way, None);
    }

    /// How long the whole ride takes.
    #[must_use]
    pub fn duration(&self) -> Duration {
        let ride = self.lock();
        Duration::try_from_secs_f64(ride.way.meters() / ride.meters_per_second).unwrap_or(Duration::MAX)
    }

    /// Metres still to go.
    #[must_use]
    pub fn left_meters(&self) -> f64 {
        let now = self.clock.now();
        self.lock().place(now).left_meters
    }

    /// What the receiver would say now.
    #[must_use]
    pub fn fix(&self) -> Fix {
        let now = self.clock.now();
        self.lock().fix(now)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Ride> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ride {
    fn place(&self, now: Timestamp) -> OnTheWay {
        let ridden = self.set_off.map_or(0.0, |since| now.since(since).as_secs_f64() * self.meters_per_second);
        self.way.at(ridden)
    }

    fn fix(&self, now: Timestamp) -> Fix {
        let place = self.place(now);
        let is_riding = self.set_off.is_some() && place.left_meters > 0.0;
        #[expect(clippy::cast_possible_truncation, reason = "a speed needs no more digits")]
        let speed = if is_riding { self.meters_per_second as f32 * 3.6 } else { 0.0 };
        Fix {
            at: now,
            position: place.position,
            accuracy_meters: Some(ACCURACY_METERS),
            speed_kmh: Some(speed),
            heading_degrees: is_riding.then_some(place.heading_degrees),
            is_mock: true,
        }
    }
}

impl LocationSource for SimulatedRide {
    /// Samples at once and then in the given rhythm; must be called within a tokio runtime.
    fn start(&self, every: Duration, sink: FixSink) {
        self.stop();
        let ride = self.clone();
        let task = tokio::spawn(async move {
            loop {
                let fix = ride.fix();
                sink.send(fix);
                ride.clock.sleep_until(fix.at + every).await;
            }
        });
        self.lock().sampling = Some(task);
    }

    fn stop(&self) {
        if let Some(task) = self.lock().sampling.take() {
            task.abort();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, Ordering};

    use async_trait::async_trait;
    use proptest::prelude::*;
    use rapi_core::Moment;
    use rapi_core::tracking::{TrackingRules, check};
    use rapi_core::values::BootId;
    use tokio::sync::mpsc;

    use super::*;

    struct ManualClock(AtomicI64);

    #[async_trait]
    impl Clock for ManualClock {
        fn now(&self) -> Timestamp {
            Timestamp::from_micros(self.0.load(Ordering::SeqCst))
        }
        fn moment(&self) -> Moment {
            Moment { wall: self.now(), mono: Duration::ZERO, boot: BootId("test".into()) }
        }
        /// Waiting is what makes time pass here.
        async fn sleep_until(&self, at: Timestamp) {
            self.0.store(at.micros(), Ordering::SeqCst);
            tokio::task::yield_now().await;
        }
    }

    fn kemang() -> Way {
        let at = |lat, lng| LatLng::try_new(lat, lng).unwrap();
        Way::new(at(-6.262, 106.812), [at(-6.262, 106.814), at(-6.264, 106.814), at(-6.264, 106.816)])
    }

    #[test]
    fn a_way_turns_at_its_corners_and_ends_at_its_end() {
        let way = kemang();
        assert_eq!(way.at(0.0).position, way.corners[0]);
        assert_eq!((way.at(10.0).heading_degrees, way.at(way.meters() / 2.0).heading_degrees), (90, 180));
        assert_eq!((way.at(1e6).position, way.at(1e6).left_meters), (way.corners[3], 0.0));
    }

    #[tokio::test]
    async fn a_ride_waits_goes_and_arrives_and_every_fix_of_it_counts() {
        let clock = Arc::new(ManualClock(AtomicI64::new(1_800_000_000_000_000)));
        let ride = SimulatedRide::new(clock.clone(), kemang(), 20.0);
        let (sender, mut fixes) = mpsc::unbounded_channel();
        let parked = ride.fix();
        assert_eq!((parked.position, parked.speed_kmh), (kemang().corners[0], Some(0.0)));
        ride.set_off();
        ride.start(Duration::from_secs(5), FixSink::new(move |fix| sender.send(fix).unwrap_or_default()));
        let mut last: Option<Fix> = None;
        while last.is_none_or(|fix| fix.position != kemang().corners[3]) {
            let fix = fixes.recv().await.unwrap();
            assert_eq!(check(&fix, last.as_ref(), fix.at, &TrackingRules::default()), Ok(()));
            last = Some(fix);
        }
        ride.stop();
        assert!(ride.left_meters() == 0.0);
    }

    proptest! {
        #[test]
        fn no_step_along_a_way_is_longer_than_what_was_ridden(from in 0.0..700.0f64, step in 0.0..100.0f64) {
            let way = kemang();
            let straight = way.at(from).position.meters_to(way.at(from + step).position);
            prop_assert!(straight <= step + 0.05, "{straight} > {step}");
        }
    }
}
