use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::values::Timestamp;

fn at(seconds: u64) -> Timestamp {
    Timestamp::from_micros(1_800_000_000_000_000) + Duration::from_secs(seconds)
}

fn key(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn intent(number: u128, lane: &str) -> Input {
    Input::Enqueue(Intent {
        key: key(number),
        lane: lane.to_owned(),
        method: Method::Post,
        path: "/orders/1/accept".to_owned(),
        body: serde_json::json!({ "number": number.to_string() }),
        occurred_at: at(0),
    })
}

fn answer(number: u128, outcome: Outcome) -> Input {
    Input::Answered { key: key(number), outcome }
}

fn refused() -> Outcome {
    Outcome::Refused { code: "invalid_transition".to_owned() }
}

/// Keys of what is sent.
fn sent(effects: &[Effect]) -> Vec<u128> {
    effects.iter().filter_map(|effect| if let Effect::Send(entry) = effect { Some(entry.key.as_u128()) } else { None }).collect()
}

fn online() -> Outbox {
    let mut outbox = Outbox::new();
    outbox.handle(Input::Online, at(0));
    outbox
}

#[test]
fn an_intent_is_kept_before_it_is_sent() {
    let effects = online().handle(intent(1, "a"), at(0));
    assert!(matches!(&effects[..], [Effect::Persist(new), Effect::Persist(first), Effect::Send(sent)]
        if new.attempts == 0 && first.attempts == 1 && sent == first));
}

#[test]
fn a_lane_keeps_its_order_and_does_not_hold_up_others() {
    let mut outbox = online();
    assert_eq!(sent(&outbox.handle(intent(1, "a"), at(0))), [1]);
    assert_eq!(sent(&outbox.handle(intent(2, "a"), at(0))), []);
    assert_eq!(sent(&outbox.handle(intent(3, "b"), at(0))), [3]);
    assert_eq!(sent(&outbox.handle(answer(1, Outcome::Done), at(1))), [2]);
}

#[test]
fn a_refused_intent_is_reported_and_the_next_goes_on() {
    let mut outbox = online();
    outbox.handle(intent(1, "a"), at(0));
    outbox.handle(intent(2, "a"), at(0));
    let effects = outbox.handle(answer(1, refused()), at(1));
    let code = "invalid_transition".to_owned();
    assert_eq!(effects[..2], [Effect::Report { key: key(1), result: Delivery::Refused { code } }, Effect::Remove { key: key(1) },]);
    assert_eq!(sent(&effects), [2]);
}

#[test]
fn attempts_are_repeated_later_and_later() {
    let mut outbox = online();
    let mut now = 0;
    outbox.handle(intent(1, "a"), at(now));
    for delay in [1, 2, 4, 8, 16, 32, 60, 60] {
        assert_eq!(sent(&outbox.handle(answer(1, Outcome::Retry), at(now))), []);
        assert_eq!(outbox.deadline(), Some(at(now + delay)));
        assert_eq!(sent(&outbox.handle(Input::Tick, at(now + delay - 1))), []);
        now += delay;
        assert_eq!(sent(&outbox.handle(Input::Tick, at(now))), [1]);
    }
}

#[test]
fn an_answer_that_never_comes_is_given_up_after_a_minute() {
    let mut outbox = online();
    outbox.handle(intent(1, "a"), at(0));
    outbox.handle(Input::Sent { key: key(1) }, at(10));
    assert_eq!(outbox.deadline(), Some(at(70)));
    assert_eq!(sent(&outbox.handle(Input::Tick, at(70))), []);
    assert_eq!(sent(&outbox.handle(Input::Tick, at(71))), [1]);
}

#[test]
fn nothing_is_sent_offline_and_everything_when_the_connection_comes_back() {
    let mut outbox = Outbox::new();
    assert_eq!(sent(&outbox.handle(intent(1, "a"), at(0))), []);
    assert_eq!(outbox.deadline(), None);
    assert_eq!(sent(&outbox.handle(Input::Online, at(1))), [1]);
    outbox.handle(answer(1, Outcome::Retry), at(1));
    outbox.handle(Input::Offline, at(1));
    assert_eq!(sent(&outbox.handle(Input::Tick, at(100))), []);
    assert_eq!(sent(&outbox.handle(Input::Online, at(100))), [1]);
}

#[test]
fn a_restart_sends_what_was_on_its_way_with_the_same_key() {
    let mut outbox = online();
    outbox.handle(intent(2, "a"), at(0));
    outbox.handle(intent(1, "a"), at(0));
    let kept = serde_json::to_string(&outbox.checkpoint().collect::<Vec<_>>()).unwrap();
    let mut restored = Outbox::restore(serde_json::from_str(&kept).unwrap());
    assert_eq!(sent(&restored.handle(Input::Online, at(1))), [2]);
    assert_eq!(sent(&restored.handle(answer(2, Outcome::Done), at(1))), [1]);
}

#[test]
fn late_and_repeated_answers_are_told_once() {
    let mut outbox = online();
    outbox.handle(intent(1, "a"), at(0));
    outbox.handle(Input::Tick, at(61));
    assert_eq!(outbox.handle(answer(1, Outcome::Done), at(61)).len(), 2);
    assert_eq!(outbox.handle(answer(1, Outcome::Done), at(62)), []);
    assert_eq!(outbox.handle(answer(1, refused()), at(62)), []);
    assert!(outbox.is_empty());
}

#[test]
fn the_same_intent_is_taken_in_once() {
    let mut outbox = online();
    outbox.handle(intent(1, "a"), at(0));
    assert_eq!(outbox.handle(intent(1, "a"), at(0)), []);
    assert_eq!(outbox.len(), 1);
}

#[test]
fn a_clock_set_back_does_not_stop_the_queue() {
    let mut outbox = online();
    outbox.handle(intent(1, "a"), at(1_000_000));
    outbox.handle(answer(1, Outcome::Retry), at(1_000_000));
    assert_eq!(sent(&outbox.handle(Input::Tick, at(0))), [1]);
}

#[test]
fn bodies_do_not_show_in_logs() {
    let effects = online().handle(intent(4711, "a"), at(0));
    assert!(!format!("{effects:?}").contains("number"));
}

/// What the world does with a request, or does besides.
#[derive(Debug, Clone, Copy)]
enum World {
    Enqueue(u8),
    /// The request, or its answer, of the nth sent entry is lost.
    LoseRequest(u8),
    LoseAnswer(u8),
    Answer(u8),
    AnswerTwice(u8),
    Offline,
    Online,
    Kill,
    Wait(u8),
}

fn world() -> impl Strategy<Value = World> {
    prop_oneof![
        4 => (0u8..4).prop_map(World::Enqueue),
        2 => any::<u8>().prop_map(World::LoseRequest),
        2 => any::<u8>().prop_map(World::LoseAnswer),
        4 => any::<u8>().prop_map(World::Answer),
        1 => any::<u8>().prop_map(World::AnswerTwice),
        1 => Just(World::Offline),
        2 => Just(World::Online),
        1 => Just(World::Kill),
        2 => (1u8..90).prop_map(World::Wait),
    ]
}

/// A phone whose disk survives, and a backend that does each key once and refuses every fifth.
#[derive(Default)]
struct Model {
    outbox: Outbox,
    now: u64,
    made: u128,
    disk: BTreeMap<Uuid, Entry>,
    on_the_wire: Vec<Entry>,
    made_in_lane: BTreeMap<String, Vec<Uuid>>,
    done_in_lane: BTreeMap<String, Vec<Uuid>>,
    reported: Vec<(Uuid, Delivery)>,
}

impl Model {
    fn verdict(key: Uuid) -> Outcome {
        if key.as_u128().is_multiple_of(5) { refused() } else { Outcome::Done }
    }

    fn tell(&mut self, input: Input) {
        for effect in self.outbox.handle(input, at(self.now)) {
            match effect {
                Effect::Persist(entry) => drop(self.disk.insert(entry.key, entry)),
                Effect::Remove { key } => drop(self.disk.remove(&key)),
                Effect::Send(entry) => {
                    assert_eq!(self.disk.get(&entry.key), Some(&entry), "sent before it was kept");
                    self.on_the_wire.push(entry);
                }
                Effect::Report { key, result } => self.reported.push((key, result)),
            }
        }
    }

    /// The backend hears of the nth entry on the wire.
    fn arrive(&mut self, nth: u8) -> Option<Uuid> {
        let entry = self.take(nth)?;
        let lane = self.done_in_lane.entry(entry.lane.clone()).or_default();
        if !lane.contains(&entry.key) {
            lane.push(entry.key);
        }
        Some(entry.key)
    }

    fn take(&mut self, nth: u8) -> Option<Entry> {
        let count = self.on_the_wire.len();
        (count > 0).then(|| self.on_the_wire.remove(usize::from(nth) % count))
    }

    fn step(&mut self, step: World) {
        match step {
            World::Enqueue(lane) => {
                self.made += 1;
                self.made_in_lane.entry(lane.to_string()).or_default().push(key(self.made));
                self.tell(intent(self.made, &lane.to_string()));
            }
            World::LoseRequest(nth) => drop(self.take(nth)),
            World::LoseAnswer(nth) => drop(self.arrive(nth)),
            World::Answer(nth) => self.answer(nth, 1),
            World::AnswerTwice(nth) => self.answer(nth, 2),
            World::Offline => self.tell(Input::Offline),
            World::Online => self.tell(Input::Online),
            World::Kill => {
                // What is on the wire stays there; who listens for its answer is gone.
                let mut kept: Vec<Entry> = self.disk.values().cloned().collect();
                kept.reverse();
                self.outbox = Outbox::restore(kept);
            }
            World::Wait(seconds) => {
                self.now += u64::from(seconds);
                self.tell(Input::Tick);
            }
        }
    }

    fn answer(&mut self, nth: u8, times: u8) {
        if let Some(key) = self.arrive(nth) {
            for _ in 0..times {
                self.tell(Input::Answered { key, outcome: Self::verdict(key) });
            }
        }
    }
}

proptest! {
    #[test]
    fn every_intent_arrives_in_the_order_of_its_lane_and_is_reported_once(steps in prop::collection::vec(world(), 1..150)) {
        let mut model = Model::default();
        for step in steps {
            model.step(step);
        }
        // The world calms down.
        model.step(World::Online);
        for _ in 0..10_000 {
            if model.outbox.is_empty() {
                break;
            }
            if let Some(due) = model.outbox.deadline() {
                model.now = model.now.max(due.since(at(0)).as_secs() + 1);
            }
            model.tell(Input::Tick);
            model.answer(0, 1);
        }
        prop_assert!(model.outbox.is_empty() && model.disk.is_empty());
        prop_assert_eq!(&model.done_in_lane, &model.made_in_lane);
        let keys: HashSet<Uuid> = model.reported.iter().map(|(key, _)| *key).collect();
        prop_assert_eq!((keys.len(), model.reported.len()), (model.made as usize, model.made as usize));
        for (key, result) in model.reported {
            prop_assert_eq!(matches!(result, Delivery::Refused { .. }), matches!(Model::verdict(key), Outcome::Refused { .. }));
        }
    }
}
