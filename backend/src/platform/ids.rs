//! New ids and random secrets.

use std::sync::{Arc, Mutex, PoisonError};

use rand::TryRngCore;
use rand::rngs::OsRng;
use rapi_core::Id;
use uuid::{ContextV7, Timestamp, Uuid};

use super::clock::Clock;

/// Makes UUIDs v7 by the backend's clock, and secrets by the system's randomness.
#[derive(Clone)]
pub struct IdGen {
    clock: Arc<dyn Clock>,
    context: Arc<Mutex<ContextV7>>,
}

impl IdGen {
    /// Ids that carry this clock's time.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, context: Arc::new(Mutex::new(ContextV7::new())) }
    }

    /// A new UUID v7 (RFC 9562 §5.7), later than every one this process made before: a counter tells those of one millisecond
    /// apart (§6.2, method 1), so what is sorted by id stands in the order it was written.
    #[must_use]
    pub fn uuid(&self) -> Uuid {
        let micros = u64::try_from(self.clock.now().micros()).unwrap_or_default();
        let nanos = u32::try_from(micros % 1_000_000).unwrap_or_default() * 1000;
        let context = self.context.lock().unwrap_or_else(PoisonError::into_inner);
        Uuid::new_v7(Timestamp::from_unix(&*context, micros / 1_000_000, nanos))
    }

    /// A new id.
    #[must_use]
    pub fn id<T>(&self) -> Id<T> {
        Id::new(self.uuid())
    }

    /// A number for people, such as `RP-8F3K2Q7M`: eight letters and digits without look-alikes (Crockford's base 32), 40 random bits.
    #[must_use]
    pub fn number(&self, prefix: &str) -> String {
        const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let letters: String = random::<8>().iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect();
        format!("{prefix}-{letters}")
    }

    /// Six digits, each value equally likely.
    #[must_use]
    pub fn otp(&self) -> String {
        // 2^64 is so much larger than 10^6 that the bias of the remainder is below 10^-13.
        format!("{:06}", u64::from_le_bytes(random::<8>()) % 1_000_000)
    }

    /// 256 random bits.
    #[must_use]
    pub fn secret(&self) -> [u8; 32] {
        random()
    }
}

/// Not after any id that was made at `time` or later, and after all that were made in an earlier millisecond.
#[must_use]
pub fn first_of(time: rapi_core::Timestamp) -> Uuid {
    let millis = u64::try_from(time.micros().div_euclid(1_000)).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(millis, &[0; 10]).into_uuid()
}

/// `N` bytes of the system's randomness.
///
/// # Panics
/// When the system has none to give: going on without would be worse.
#[expect(clippy::expect_used, reason = "without randomness no secret can be made, and nothing safe is left to do")]
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    OsRng.try_fill_bytes(&mut bytes).expect("the system gives random bytes");
    bytes
}

#[cfg(test)]
mod tests {
    use crate::platform::clock::ManualClock;

    use super::*;

    #[test]
    fn ids_are_told_apart_by_when_they_were_made() {
        let clock = Arc::new(ManualClock::at(rapi_core::Timestamp::from_micros(1_790_000_000_123_456)));
        let ids = IdGen::new(clock.clone());
        let (before, between) = (ids.uuid(), clock.now() + std::time::Duration::from_millis(1));
        clock.advance(std::time::Duration::from_millis(2));
        assert!(before < first_of(between) && first_of(between) < ids.uuid());
        assert!(first_of(clock.now()) <= ids.uuid());
    }

    #[test]
    fn ids_of_one_moment_are_sorted_as_they_were_made() {
        let ids = IdGen::new(Arc::new(ManualClock::at(rapi_core::Timestamp::from_micros(1_790_000_000_123_456))));
        let made: Vec<Uuid> = (0..1000).map(|_| ids.clone().uuid()).collect();
        assert!(made.is_sorted_by(|earlier, later| earlier < later));
        assert!(made.iter().all(|id| id.get_version_num() == 7));
    }
}
