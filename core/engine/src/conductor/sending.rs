//! The outbox: from an intent to the backend's answer.

use std::collections::VecDeque;

use rapi_core::Id;
use rapi_core::outbox::{self, Delivery, Effect, Entry, Input, Outcome};
use rapi_core::values::Order;
use rapi_core::wire::orders::OrderDetail;
use rapi_core::wire::work::{WorkNotesRequest, WorkSessionResponse};
use serde_json::Value;
use tokio::sync::oneshot;
use uuid::Uuid;

use super::{Conductor, Done};
use crate::api::Call;
use crate::error::EngineError;
use crate::intent::{self, Intent, IntentKey, Route};
use crate::snapshot::{KEPT_REFUSALS, PendingIntent, RefusedIntent};

type Answer<T> = Result<T, EngineError>;

/// The code of an intent that could not be kept on this device.
const NOT_KEPT: &str = "storage";

impl Conductor {
    /// Keeps an intent; when this answers a key, it is on disk.
    pub(super) async fn submit(&mut self, intent: &Intent, result: Option<oneshot::Sender<Answer<Value>>>) -> Answer<IntentKey> {
        if self.snapshot.session.user().is_none() {
            return Err(EngineError::NotSignedIn);
        }
        let (key, now) = (self.host.ids.new_uuid(), self.now());
        let Route { lane, method, path, body } = intent::route(intent, now)?;
        self.whats.insert(key, intent.what().to_owned());
        if let Some(result) = result {
            self.waiting.results.insert(key, result);
        }
        self.tell_outbox(Input::Enqueue(outbox::Intent { key, lane, method, path, body, occurred_at: now })).await;
        if self.unkept.remove(&key) {
            return Err(EngineError::Storage("the intent could not be kept".into()));
        }
        Ok(IntentKey(key))
    }

    /// Tells the queue and performs what it asks, in order.
    pub(super) async fn tell_outbox(&mut self, input: Input) {
        let mut effects = VecDeque::from(self.outbox.handle(input, self.now()));
        while let Some(effect) = effects.pop_front() {
            match effect {
                Effect::Persist(entry) => {
                    if !self.keep(&entry).await && entry.attempts == 0 {
                        // Nothing is sent that would be forgotten by a crash: the person is told instead.
                        self.unkept.insert(entry.key);
                        let outcome = Outcome::Refused { code: NOT_KEPT.into() };
                        let input = Input::Answered { key: entry.key, outcome };
                        effects.extend(self.outbox.handle(input, self.now()));
                    }
                }
                Effect::Send(entry) if self.unkept.contains(&entry.key) => {}
                Effect::Send(entry) => self.send(entry),
                Effect::Report { key, result } => self.conclude(key, result),
                Effect::Remove { key } => self.remove(key).await,
            }
        }
        self.list_pending();
        self.follow_mode().await;
    }

    /// The backend answered, or did not.
    pub(super) async fn answered(&mut self, key: Uuid, result: Answer<Value>) {
        let Some(entry) = self.outbox.checkpoint().find(|entry| entry.key == key).cloned() else { return };
        let outcome = outcome_of(&result);
        if outcome != Outcome::Retry {
            self.take_in(&entry, &result).await;
            self.waiting.answers.insert(key, result);
        }
        self.tell_outbox(Input::Answered { key, outcome }).await;
    }

    /// Shows at once what the answer says.
    async fn take_in(&mut self, entry: &Entry, result: &Answer<Value>) {
        let detail = result.as_ref().ok().and_then(|value| serde_json::from_value::<OrderDetail>(value.clone()).ok());
        match (detail, intent::order_of(&entry.path)) {
            (Some(detail), _) => self.put_order(detail).await,
            (None, Some(order)) => {
                self.note(order, entry, result).await;
                self.order_moved(order).await;
            }
            (None, None) => {}
        }
        if self.whats.get(&entry.key).is_some_and(|what| what == intent::SET_AVAILABILITY) && result.is_ok() {
            let available = entry.body.get("is_available").and_then(Value::as_bool).unwrap_or_default();
            self.availability_known(Ok(available)).await;
            self.offers_moved();
        }
    }

    /// Notes that were taken stay on the screen: they are in the session that was answered.
    async fn note(&mut self, order: Id<Order>, entry: &Entry, result: &Answer<Value>) {
        let session = result.as_ref().ok().and_then(|value| serde_json::from_value::<WorkSessionResponse>(value.clone()).ok());
        if let (Some(_), Some(session), Some(known)) = (self.notes_of(entry), session, self.snapshot.orders.get(&order)) {
            self.put_order(OrderDetail { work_session: Some(session), ..known.clone() }).await;
        }
    }

    /// The words of notes on the work, whichever side wrote them.
    fn notes_of(&self, entry: &Entry) -> Option<String> {
        let is_notes = self.whats.get(&entry.key).is_some_and(|what| what == intent::WORK_NOTES);
        let request = is_notes.then(|| serde_json::from_value::<WorkNotesRequest>(entry.body.clone()).ok()).flatten()?;
        request.provider_notes.or(request.client_notes)
    }

    fn send(&mut self, entry: Entry) {
        let method = match entry.method {
            outbox::Method::Post => reqwest::Method::POST,
            outbox::Method::Put => reqwest::Method::PUT,
            outbox::Method::Patch => reqwest::Method::PATCH,
            outbox::Method::Delete => reqwest::Method::DELETE,
        };
        let api = self.api.clone();
        self.spawn(async move {
            let call = Call::new(method, entry.path, entry.body).with_key(entry.key);
            Done::Answered { key: entry.key, result: api.value(&call).await }
        });
    }

    async fn keep(&self, entry: &Entry) -> bool {
        let what = self.whats.get(&entry.key).map(String::as_str).unwrap_or_default();
        super::report("cannot keep an intent", self.store.keep_entry(what, entry).await).is_some()
    }

    async fn remove(&mut self, key: Uuid) {
        self.whats.remove(&key);
        super::report("cannot forget an intent", self.store.remove_entry(key).await);
    }

    /// Tells whoever waits, once the snapshot shows it, and remembers refusals.
    fn conclude(&mut self, key: Uuid, delivery: Delivery) {
        let answer = self.waiting.answers.remove(&key);
        let result = match delivery {
            Delivery::Done => Ok(answer.and_then(Result::ok).unwrap_or_default()),
            Delivery::Refused { code } => {
                let detail = match answer {
                    Some(Err(EngineError::Api(problem))) => problem.detail,
                    _ => String::new(),
                };
                self.remember_refusal(key, &code, &detail);
                Err(EngineError::Refused { code, detail })
            }
        };
        if let Some(waiter) = self.waiting.results.remove(&key) {
            self.waiting.concluded.push((waiter, result));
        }
    }

    fn remember_refusal(&mut self, key: Uuid, code: &str, detail: &str) {
        let what = self.whats.get(&key).cloned().unwrap_or_default();
        let refused = RefusedIntent { key: IntentKey(key), what, code: code.into(), detail: detail.into() };
        self.snapshot.refused.push(refused);
        let surplus = self.snapshot.refused.len().saturating_sub(KEPT_REFUSALS);
        self.snapshot.refused.drain(..surplus);
    }

    /// Brings the snapshot's list in line with the queue; nobody's while nobody is signed in.
    pub(super) fn list_pending(&mut self) {
        let is_signed_in = self.snapshot.session.user().is_some();
        let shown = self.outbox.checkpoint().filter(|_| is_signed_in).map(|entry| PendingIntent {
            key: IntentKey(entry.key),
            lane: entry.lane.clone(),
            what: self.whats.get(&entry.key).cloned().unwrap_or_default(),
            submitted_at: entry.occurred_at,
            notes: self.notes_of(entry),
        });
        self.snapshot.pending = shown.collect();
    }
}

/// What an answer means for the queue. Whoever is not signed in asks again after signing in.
fn outcome_of(result: &Answer<Value>) -> Outcome {
    match result {
        Err(EngineError::Api(problem)) => match problem.status {
            401 | 408 | 425 | 429 | 500.. => Outcome::Retry,
            _ => Outcome::Refused { code: problem.code.clone() },
        },
        // A success that cannot be read is one all the same.
        Ok(_) | Err(EngineError::Unreadable(_)) => Outcome::Done,
        Err(_) => Outcome::Retry,
    }
}

#[cfg(test)]
mod tests {
    use rapi_core::wire::Problem;

    use super::*;

    fn answer(status: u16, code: &str) -> Answer<Value> {
        let text = String::new();
        Err(Problem { kind: text.clone(), title: text.clone(), status, detail: text, code: code.into(), errors: vec![], retry_after: None }
            .into())
    }

    #[test]
    fn what_may_pass_is_asked_again_and_what_will_not_is_refused_with_its_code() {
        for again in [answer(500, "internal"), answer(503, "x"), answer(429, "slow_down"), answer(408, "x"), answer(401, "x")] {
            assert_eq!(outcome_of(&again), Outcome::Retry, "{again:?}");
        }
        assert_eq!(outcome_of(&Err(EngineError::Network)), Outcome::Retry);
        for (status, code) in [(409, "order_already_taken"), (422, "invalid"), (403, "forbidden"), (404, "not_found")] {
            assert_eq!(outcome_of(&answer(status, code)), Outcome::Refused { code: code.into() });
        }
        assert_eq!(outcome_of(&Ok(Value::Null)), Outcome::Done);
    }
}
