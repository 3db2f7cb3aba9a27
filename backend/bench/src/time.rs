//! The time by which is measured, and the beat of an open loop.

use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// Now, for measuring.
#[expect(clippy::disallowed_methods, reason = "durations are what this program is for; no rule depends on them")]
pub fn now() -> Instant {
    Instant::now()
}

/// Starts `rate` things a second for `time`, dealt to `lanes` in turn: each lane is told when its things were meant to start.
///
/// A thread of its own keeps the beat, for the runtime's timer knows only milliseconds. It never waits for anybody, so a thing
/// that starts late for the slowness of those before it is late by the clock of whoever wanted it.
pub fn beat(rate: f64, time: Duration, lanes: usize) -> Vec<UnboundedReceiver<Instant>> {
    let (senders, receivers): (Vec<_>, Vec<_>) = (0..lanes).map(|_| unbounded_channel()).unzip();
    thread::spawn(move || {
        let start = now();
        for (number, lane) in (0u32..).zip((0..senders.len()).cycle()) {
            let meant = start + Duration::from_secs_f64(f64::from(number) / rate);
            if meant >= start + time {
                return;
            }
            let early = meant.saturating_duration_since(now());
            if !early.is_zero() {
                thread::sleep(early);
            }
            // A lane that ended early has an error to tell.
            _ = senders[lane].send(meant);
        }
    });
    receivers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beat_deals_every_start_to_the_lanes_in_turn() {
        let mut lanes = beat(10_000.0, Duration::from_millis(1), 3);
        let dealt: Vec<Vec<Instant>> = lanes.iter_mut().map(|lane| std::iter::from_fn(|| lane.blocking_recv()).collect()).collect();
        assert_eq!(dealt.iter().map(Vec::len).collect::<Vec<_>>(), [4, 3, 3]);
        assert_eq!(dealt[1][0] - dealt[0][0], Duration::from_micros(100));
    }
}
