//! Positions: when they are sampled, and how batches leave.

use rapi_core::Id;
use rapi_core::orders::Status;
use rapi_core::tracking::{Batch, Connection, Effect, Fix, Input, SamplingMode, encode};
use rapi_core::values::Order;
use rapi_core::wire::location::{FixRequest, LocationBatchRequest};

use super::{Conductor, Done, Message, Reach, report};
use crate::error::EngineError;
use crate::host::FixSink;
use crate::intent::{ARRIVE, CANCEL, DEPART, lane_of};
use crate::link::Publish;
use crate::store::Slot;

impl Conductor {
    /// Tells the batcher, keeps what must survive, and performs what it asks.
    pub(super) async fn tell_batcher(&mut self, input: Input) {
        let is_idle_tick = input == Input::Tick;
        let effects = self.batcher.handle(input, self.now());
        if !is_idle_tick || !effects.is_empty() {
            report("cannot keep the positions", self.store.put(Slot::Batcher, self.batcher.checkpoint()).await);
        }
        for effect in effects {
            match effect {
                Effect::Send(batch) => Box::pin(self.send_batch(batch)).await,
                Effect::SetSampling { every } => {
                    self.snapshot.sampling = every;
                    let inbox = self.inbox.clone();
                    match every {
                        Some(every) => self.host.location.start(every, FixSink::new(move |fix| inbox.tell(Message::Fix(fix)))),
                        None => self.host.location.stop(),
                    }
                }
            }
        }
    }

    /// Samples as closely as the provider is to be followed now, if that has changed.
    pub(super) async fn follow_mode(&mut self) {
        let mode = self.wanted_mode();
        if mode != self.batcher.mode() {
            self.tell_batcher(Input::Mode(mode)).await;
        }
    }

    /// The same when nothing is sampled yet, whatever the batcher remembers.
    pub(super) async fn follow_mode_anew(&mut self) {
        self.tell_batcher(Input::Mode(self.wanted_mode())).await;
    }

    fn wanted_mode(&self) -> SamplingMode {
        let Some(user) = self.snapshot.session.user().filter(|_| self.is_provider()) else { return SamplingMode::Off };
        let mine = |detail: &&rapi_core::wire::orders::OrderDetail| detail.order.provider.as_ref().is_some_and(|party| party.id == user.id);
        let travels = self
            .snapshot
            .orders
            .values()
            .filter(mine)
            .any(|detail| self.is_travelling(detail.order.id, detail.order.status.known().copied()));
        match (travels, self.following.available) {
            (true, _) => SamplingMode::EnRoute,
            (false, true) => SamplingMode::Idle,
            (false, false) => SamplingMode::Off,
        }
    }

    /// On the way by what the backend knows and by what it has yet to be told.
    fn is_travelling(&self, order: Id<Order>, status: Option<Status>) -> bool {
        let lane = lane_of(order);
        let said: Vec<&str> = self
            .outbox
            .checkpoint()
            .filter(|entry| entry.lane == lane)
            .filter_map(|entry| self.whats.get(&entry.key).map(String::as_str))
            .collect();
        is_travelling(status, &said)
    }

    async fn send_batch(&mut self, batch: Batch) {
        match (self.reach, &self.publishes) {
            (Reach::Live, Some(publishes)) => match encode(&batch) {
                Ok(payload) => drop(publishes.send(Publish { sequence: batch.sequence, payload })),
                Err(error) => {
                    tracing::error!(%error, "a batch of fixes cannot be written");
                    self.tell_batcher(Input::Acked { sequence: batch.sequence }).await;
                }
            },
            (Reach::Requests, _) => self.post_fixes(&batch),
            // It is kept, and comes again with the connection.
            (Reach::Live | Reach::Nothing, _) => {}
        }
    }

    fn post_fixes(&mut self, batch: &Batch) {
        let (api, sequence) = (self.api.clone(), batch.sequence);
        let request = LocationBatchRequest(batch.fixes.iter().map(request_of).collect());
        self.spawn(async move { Done::Fixes { sequence, result: api.post_fixes(&request).await.map(|_| ()) } });
    }

    pub(super) async fn fixes_posted(&mut self, sequence: u64, result: Result<(), EngineError>) {
        match result {
            Ok(()) => self.tell_batcher(Input::Acked { sequence }).await,
            Err(EngineError::Api(problem)) if matches!(problem.status, 400 | 403 | 404 | 409 | 413 | 422) => {
                tracing::warn!(code = problem.code, "a batch of fixes was refused");
                self.tell_batcher(Input::Acked { sequence }).await;
            }
            // The next connection, of whatever kind, brings it again.
            Err(_) if self.reach == Reach::Requests => self.tell_batcher(Input::Connected(Connection::Offline)).await,
            Err(_) => {}
        }
    }
}

fn is_travelling(status: Option<Status>, said: &[&str]) -> bool {
    let last_said = said.iter().rev().find(|what| [DEPART, ARRIVE, CANCEL].contains(what));
    match (status, last_said) {
        (Some(Status::Accepted | Status::OnTheWay), Some(&DEPART)) => true,
        (Some(Status::OnTheWay), None) => true,
        (_, _) => false,
    }
}

fn request_of(fix: &Fix) -> FixRequest {
    FixRequest {
        latitude: fix.position.latitude(),
        longitude: fix.position.longitude(),
        accuracy_meters: fix.accuracy_meters.map(f64::from),
        speed_kmh: fix.speed_kmh.map(f64::from),
        heading_degrees: fix.heading_degrees.map(i32::from),
        recorded_at: fix.at,
        is_mock: fix.is_mock,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_travels_from_saying_so_until_saying_that_she_is_there() {
        assert!(is_travelling(Some(Status::OnTheWay), &[]));
        assert!(is_travelling(Some(Status::Accepted), &["seen", DEPART]));
        assert!(!is_travelling(Some(Status::Accepted), &["seen"]));
        assert!(!is_travelling(Some(Status::OnTheWay), &[ARRIVE, "start_work"]));
        assert!(!is_travelling(Some(Status::Accepted), &[DEPART, ARRIVE]));
        assert!(!is_travelling(Some(Status::OnTheWay), &[CANCEL]));
        assert!(!is_travelling(Some(Status::Cancelled), &[DEPART]));
    }
}
