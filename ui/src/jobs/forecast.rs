//! Where a job stands once everything that was done on this device is heard: the same rules as the backend's, run ahead of it.

use rapi_core::orders::{Actor, Command, Order, PayStage, Stage, Status, step};
use rapi_core::wire::orders::{OrderDetail, OrderItem};

use super::{MadeMove, Move, WorkClock};

/// Where a job stands, for the provider who has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobStep {
    /// Taken; she has not set off.
    Accepted,
    /// On the way.
    OnTheWay,
    /// At the door.
    Arrived,
    /// The clock runs.
    Working,
    /// The clock stands.
    Paused,
    /// Done, the bill is open.
    AwaitingPayment,
    /// Paid, not rated.
    AwaitingRating,
    /// Closed.
    Completed,
    /// Called off.
    Cancelled,
    /// Nobody's, or in a state of a later version.
    Other,
}

impl JobStep {
    /// Is she bound to it: from taking it until the work stops?
    #[must_use]
    pub const fn is_running(self) -> bool {
        matches!(self, Self::Accepted | Self::OnTheWay | Self::Arrived | Self::Working | Self::Paused)
    }

    /// Will nothing happen to it any more?
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Completed | Self::Cancelled)
    }
}

/// A job ahead of what the backend knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forecast {
    /// Where it stands.
    pub step: JobStep,
    /// The clock of the work, once it started.
    pub clock: Option<WorkClock>,
}

impl Forecast {
    /// `detail` with `moves` made on it. A move that is not legal there changes nothing.
    #[must_use]
    pub fn of(detail: &OrderDetail, moves: &[MadeMove]) -> Self {
        let mut clock = detail.work_session.as_ref().map(WorkClock::of);
        let Some(mut order) = order_of(&detail.order) else { return Self { step: JobStep::Other, clock } };
        for made in moves {
            let was_working = matches!(order.stage, Stage::Working { .. });
            match (made.kind, &mut clock) {
                (Move::Pause, Some(clock)) if was_working => clock.pause(made.at),
                (Move::Resume, Some(clock)) if was_working => clock.resume(made.at),
                (Move::Start, clock) if moved(&mut order, made) => *clock = Some(WorkClock::started(made.at)),
                (Move::Stop, Some(clock)) if moved(&mut order, made) => clock.stop(made.at),
                (_, _) => drop(moved(&mut order, made)),
            }
        }
        Self { step: step_of(&order.stage, clock), clock }
    }
}

/// Where a job of a list stands, as the backend said it.
#[must_use]
pub fn step_of_item(item: &OrderItem) -> JobStep {
    order_of(item).map_or(JobStep::Other, |order| step_of(&order.stage, None))
}

/// Makes a move by the rules; did it move anything?
fn moved(order: &mut Order, made: &MadeMove) -> bool {
    let Some(provider) = order.stage.provider() else { return false };
    let (command, by) = match made.kind {
        Move::Depart => (Command::Depart, Actor::Provider(provider)),
        Move::Arrive => (Command::Arrive, Actor::Provider(provider)),
        Move::Start => (Command::Start, Actor::Provider(provider)),
        Move::Stop => (Command::Finish, Actor::Provider(provider)),
        Move::Cancel => (Command::Cancel { reason: String::new() }, Actor::Provider(provider)),
        Move::ConfirmCash => (Command::Settle, Actor::System),
        Move::Pause | Move::Resume => return false,
    };
    let events = step(order, &command, by, made.at).unwrap_or_default();
    events.iter().for_each(|event| order.apply(event));
    !events.is_empty()
}

/// The order as the rules know it; nothing when it is nobody's or from a later version.
fn order_of(item: &OrderItem) -> Option<Order> {
    let provider = item.provider.as_ref().map(|party| party.id);
    let stage = match (item.status.known()?, provider) {
        (Status::Cancelled, _) => Stage::Cancelled { by: item.cancelled_by, reason: item.cancellation_reason.clone().unwrap_or_default() },
        (Status::Accepted, Some(provider)) => Stage::Accepted { provider },
        (Status::OnTheWay, Some(provider)) => Stage::OnTheWay { provider },
        (Status::Arrived, Some(provider)) => Stage::Arrived { provider },
        (Status::InProgress, Some(provider)) => match item.stage.as_ref()?.known()? {
            PayStage::Working => Stage::Working { provider },
            PayStage::AwaitingPayment => Stage::AwaitingPayment { provider },
            PayStage::AwaitingRating => Stage::AwaitingRating { provider, paid_at: item.updated_at },
        },
        (Status::Completed, Some(provider)) => Stage::Completed { provider },
        (Status::Pending, _) | (_, None) => return None,
    };
    Some(Order { id: item.id, client: item.client.id, stage })
}

fn step_of(stage: &Stage, clock: Option<WorkClock>) -> JobStep {
    match stage {
        Stage::Pending => JobStep::Other,
        Stage::Accepted { .. } => JobStep::Accepted,
        Stage::OnTheWay { .. } => JobStep::OnTheWay,
        Stage::Arrived { .. } => JobStep::Arrived,
        Stage::Working { .. } if clock.is_some_and(|clock| !clock.is_running()) => JobStep::Paused,
        Stage::Working { .. } => JobStep::Working,
        Stage::AwaitingPayment { .. } => JobStep::AwaitingPayment,
        Stage::AwaitingRating { .. } => JobStep::AwaitingRating,
        Stage::Completed { .. } => JobStep::Completed,
        Stage::Cancelled { .. } => JobStep::Cancelled,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::jobs::fixtures::{at, job, made, working};

    #[test]
    fn a_whole_job_without_network_is_forecast_step_by_step() {
        let accepted = job("ACCEPTED");
        let moves =
            [made(Move::Depart, 0), made(Move::Arrive, 60), made(Move::Start, 100), made(Move::Pause, 160), made(Move::Resume, 200)];
        let steps: Vec<JobStep> = (0..=moves.len()).map(|made| Forecast::of(&accepted, &moves[..made]).step).collect();
        use JobStep::{Accepted, Arrived, OnTheWay, Paused, Working};
        assert_eq!(steps, [Accepted, OnTheWay, Arrived, Working, Paused, Working]);
        let clock = Forecast::of(&accepted, &moves).clock.unwrap();
        assert_eq!((clock.started_at(), clock.worked(at(230))), (at(100), Duration::from_secs(90)));
    }

    #[test]
    fn after_the_stop_the_clock_stands_and_cash_settles() {
        let moves = [made(Move::Stop, 1_000), made(Move::ConfirmCash, 1_100)];
        let stopped = Forecast::of(&working(300), &moves[..1]);
        assert_eq!(stopped.step, JobStep::AwaitingPayment);
        assert_eq!(stopped.clock.unwrap().worked(at(9_999)), Duration::from_secs(1_000), "300 s at 300 s, and on to the stop");
        assert_eq!(Forecast::of(&working(300), &moves).step, JobStep::AwaitingRating);
    }

    #[test]
    fn what_the_backend_knows_already_is_not_made_twice() {
        let moves = [made(Move::Depart, 0), made(Move::Arrive, 10), made(Move::Start, 20)];
        let ahead = Forecast::of(&working(300), &moves);
        assert_eq!(ahead, Forecast::of(&working(300), &[]));
        assert_eq!(ahead.clock.unwrap().worked(at(360)), Duration::from_secs(360));
    }

    #[test]
    fn a_move_that_is_not_legal_changes_nothing() {
        assert_eq!(Forecast::of(&job("ACCEPTED"), &[made(Move::Stop, 5)]).step, JobStep::Accepted);
        assert_eq!(Forecast::of(&job("CANCELLED"), &[made(Move::Depart, 5)]).step, JobStep::Cancelled);
        assert_eq!(Forecast::of(&working(300), &[made(Move::Cancel, 5)]).step, JobStep::Working);
        assert_eq!(Forecast::of(&job("ARRIVED"), &[made(Move::Cancel, 5)]).step, JobStep::Cancelled);
    }

    #[test]
    fn states_of_later_versions_are_left_alone() {
        let step = Forecast::of(&job("TELEPORTED"), &[made(Move::Depart, 5)]).step;
        assert_eq!((step, step.is_running(), step.is_over()), (JobStep::Other, false, false));
        assert_eq!(Forecast::of(&job("PENDING"), &[]).step, JobStep::Other);
    }
}
