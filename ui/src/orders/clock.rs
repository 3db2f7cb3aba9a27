//! The clock of the work, and what it costs so far.

use std::time::Duration;

use rapi_core::pricing::{CapState, Tariff, bill, cap_state, started_minutes};
use rapi_core::wire::orders::OrderItem;
use rapi_core::wire::work::WorkSessionResponse;
use rapi_core::work::SessionStatus;
use rapi_core::{Rupiah, Timestamp};

/// What the clock does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockState {
    /// It runs.
    Running,
    /// It rests.
    Paused,
    /// The work is done.
    Stopped,
}

/// The clock at one moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WorkClock {
    /// What it does.
    pub state: ClockState,
    /// Time worked, without pauses.
    pub worked: Duration,
    /// Minutes that would be billed if the work stopped now.
    pub minutes: i64,
    /// All pauses together.
    pub rested: Duration,
    /// When the work began.
    pub started: Timestamp,
    /// The price of five minutes.
    pub rate_per_5_minutes: Rupiah,
    /// What the work costs so far, without fees; never above the cap.
    pub cost: Rupiah,
    /// The most it may cost.
    pub cap: Option<Rupiah>,
    /// How near to that it is.
    pub cap_state: CapState,
}

impl WorkClock {
    /// The clock of `session` at `now`: it goes on from where the backend last read it, and never runs backwards.
    #[must_use]
    pub fn of(session: &WorkSessionResponse, order: &OrderItem, now: Timestamp) -> Self {
        let state = match session.status.known() {
            Some(SessionStatus::Started) => ClockState::Running,
            Some(SessionStatus::Paused) => ClockState::Paused,
            Some(SessionStatus::Completed) | None => ClockState::Stopped,
        };
        let read = Duration::from_secs(u64::try_from(session.elapsed_seconds).unwrap_or_default());
        let since = if state == ClockState::Running { now.since(session.as_of) } else { Duration::ZERO };
        let worked = read.saturating_add(since);
        let end = session.end_time.unwrap_or(now);
        let rested = session.pause_times.iter().map(|pause| pause.resumed_at.unwrap_or(end).since(pause.paused_at)).sum();
        let tariff = tariff_of(order);
        let cost = bill(&tariff, worked, Rupiah::ZERO).map_or(session.running_cost, |bill| bill.base_amount);
        Self {
            state,
            worked,
            minutes: started_minutes(worked),
            rested,
            started: session.start_time,
            rate_per_5_minutes: order.rate_per_5_minutes,
            cost,
            cap: order.max_amount,
            cap_state: cap_state(&tariff, cost),
        }
    }

    /// The part of the cap that is used up, 0 to 1; nothing without a cap.
    #[must_use]
    pub fn cap_part(&self) -> Option<f64> {
        let cap = self.cap.filter(|cap| cap.is_positive())?;
        #[expect(clippy::cast_precision_loss, reason = "the length of a bar")]
        let part = self.cost.get() as f64 / cap.get() as f64;
        Some(part.clamp(0.0, 1.0))
    }

    /// Is it time to warn of the cap?
    #[must_use]
    pub const fn warns(&self) -> bool {
        matches!(self.cap_state, CapState::Near | CapState::Reached)
    }
}

/// The prices of an order as far as the work goes; who keeps which share is not asked here.
const fn tariff_of(order: &OrderItem) -> Tariff {
    Tariff { rate_per_5_minutes: order.rate_per_5_minutes, service_fee: Rupiah::ZERO, platform_percent: 0, max_amount: order.max_amount }
}
