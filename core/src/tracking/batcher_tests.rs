use std::collections::BTreeMap;
use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::values::{LatLng, Timestamp};

fn at(seconds: u64) -> Timestamp {
    Timestamp::from_micros(1_800_000_000_000_000) + Duration::from_secs(seconds)
}

/// A fix `meters` north of the start.
fn fix(seconds: u64, meters: f64) -> Fix {
    Fix {
        at: at(seconds),
        position: LatLng::try_new(-6.2 + meters / 111_195.0, 106.8).unwrap(),
        accuracy_meters: Some(5.0),
        speed_kmh: None,
        heading_degrees: None,
        is_mock: false,
    }
}

fn sent(effects: &[Effect]) -> Vec<Batch> {
    effects.iter().filter_map(|effect| if let Effect::Send(batch) = effect { Some(batch.clone()) } else { None }).collect()
}

fn ready(mode: SamplingMode) -> Batcher {
    let mut batcher = Batcher::new(TrackingRules::default());
    batcher.handle(Input::Connected(Connection::Online), at(0));
    batcher.handle(Input::Mode(mode), at(0));
    batcher
}

/// Feeds a fix every `every` seconds from 0 up to `until`, and says when how many fixes were sent.
fn drive(batcher: &mut Batcher, every: usize, until: u64, speed_mps: f64) -> Vec<(u64, usize)> {
    (0..=until)
        .step_by(every)
        .flat_map(|seconds| {
            let effects = batcher.handle(Input::Fix(fix(seconds, seconds as f64 * speed_mps)), at(seconds));
            sent(&effects).into_iter().map(move |batch| (seconds, batch.fixes.len())).collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn each_mode_has_its_rhythm() {
    let mut batcher = Batcher::new(TrackingRules::default());
    let mut rhythm = |mode| batcher.handle(Input::Mode(mode), at(0));
    assert_eq!(rhythm(SamplingMode::EnRoute), [Effect::SetSampling { every: Some(Duration::from_secs(5)) }]);
    assert_eq!(rhythm(SamplingMode::Idle), [Effect::SetSampling { every: Some(Duration::from_secs(30)) }]);
    assert_eq!(rhythm(SamplingMode::Off), [Effect::SetSampling { every: None }]);
}

#[test]
fn unwatched_fixes_travel_by_the_dozen() {
    assert_eq!(drive(&mut ready(SamplingMode::EnRoute), 5, 115, 10.0), [(55, 12), (115, 12)]);
}

#[test]
fn a_batch_waits_a_minute_at_most() {
    let mut batcher = ready(SamplingMode::EnRoute);
    drive(&mut batcher, 20, 40, 10.0);
    assert_eq!(batcher.deadline(), Some(at(60)));
    assert_eq!(sent(&batcher.handle(Input::Tick, at(59))), []);
    assert_eq!(sent(&batcher.handle(Input::Tick, at(60)))[0].fixes.len(), 3);
    assert_eq!(batcher.deadline(), None);
}

#[test]
fn watched_fixes_travel_at_once_until_the_lease_ends() {
    let mut batcher = ready(SamplingMode::EnRoute);
    drive(&mut batcher, 5, 10, 10.0);
    let caught_up = batcher.handle(Input::Watched { until: at(40) }, at(12));
    assert_eq!(sent(&caught_up)[0].fixes.len(), 3);
    let live = |batcher: &mut Batcher, seconds| sent(&batcher.handle(Input::Fix(fix(seconds, 150.0)), at(seconds))).len();
    assert_eq!((live(&mut batcher, 15), live(&mut batcher, 39), live(&mut batcher, 40)), (1, 1, 0));
}

#[test]
fn waiting_phones_tell_movements_and_heartbeats() {
    assert_eq!(drive(&mut ready(SamplingMode::Idle), 5, 90, 10.0), [(0, 1), (30, 1), (60, 1), (90, 1)]);
    assert_eq!(drive(&mut ready(SamplingMode::Idle), 30, 600, 0.05), [(0, 1), (300, 1), (600, 1)]);
}

#[test]
fn refused_fixes_are_not_sent() {
    let mut batcher = ready(SamplingMode::EnRoute);
    batcher.handle(Input::Watched { until: at(90) }, at(0));
    let vague = Fix { accuracy_meters: None, ..fix(1, 0.0) };
    assert_eq!(batcher.handle(Input::Fix(vague), at(1)), []);
    assert_eq!(sent(&batcher.handle(Input::Fix(fix(2, 0.0)), at(2))).len(), 1);
    assert_eq!(batcher.handle(Input::Fix(fix(3, 5_000.0)), at(3)), []);
}

#[test]
fn what_is_left_is_sent_when_the_way_ends() {
    let mut batcher = ready(SamplingMode::EnRoute);
    drive(&mut batcher, 5, 10, 10.0);
    assert_eq!(sent(&batcher.handle(Input::Mode(SamplingMode::Off), at(11)))[0].fixes.len(), 3);
}

#[test]
fn an_unconfirmed_batch_is_sent_again_as_it_was_after_a_restart() {
    let mut batcher = ready(SamplingMode::EnRoute);
    drive(&mut batcher, 5, 60, 10.0);
    let kept = serde_json::to_string(batcher.checkpoint()).unwrap();
    let first = batcher.checkpoint().clone();
    let mut restored = Batcher::restore(TrackingRules::default(), serde_json::from_str(&kept).unwrap());
    assert_eq!(restored.checkpoint(), &first);
    assert_eq!(restored.mode(), SamplingMode::EnRoute);
    let again = sent(&restored.handle(Input::Connected(Connection::Online), at(70)));
    assert_eq!((again.len(), again[0].sequence, again[0].fixes.len()), (1, 0, 12));
    restored.handle(Input::Acked { sequence: 0 }, at(71));
    assert_eq!(sent(&restored.handle(Input::Connected(Connection::Online), at(72))), []);
    assert_eq!(sent(&restored.handle(Input::Mode(SamplingMode::Off), at(73)))[0].sequence, 1);
}

#[test]
fn a_long_silence_forgets_the_oldest_fixes() {
    let mut batcher = ready(SamplingMode::EnRoute);
    batcher.handle(Input::Connected(Connection::Offline), at(0));
    drive(&mut batcher, 5, 5 * 599, 10.0);
    let backlog = sent(&batcher.handle(Input::Connected(Connection::Online), at(3_000)));
    let fixes: Vec<Fix> = backlog.into_iter().flat_map(|batch| batch.fixes).collect();
    assert_eq!((fixes.len(), fixes[0].at), (500, at(500)));
}

#[derive(Debug, Clone)]
enum Step {
    Drive,
    Watch,
    Lose,
    Reconnect,
    Confirm(prop::sample::Index),
    Restart,
    Tick,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => Just(Step::Drive),
        1 => Just(Step::Watch),
        1 => Just(Step::Lose),
        2 => Just(Step::Reconnect),
        3 => any::<prop::sample::Index>().prop_map(Step::Confirm),
        1 => Just(Step::Restart),
        1 => Just(Step::Tick),
    ]
}

proptest! {
    #[test]
    fn every_fix_arrives_once_under_one_number_whatever_is_lost(steps in prop::collection::vec(step(), 1..200)) {
        let mut batcher = ready(SamplingMode::EnRoute);
        let (mut now, mut driven) = (0, Vec::new());
        let mut published: BTreeMap<u64, Batch> = BTreeMap::new();
        let finish = [Step::Reconnect, Step::Tick];
        for step in steps.iter().chain(&finish) {
            now += 5;
            let input = match step {
                Step::Drive => {
                    driven.push(fix(now, now as f64));
                    Input::Fix(fix(now, now as f64))
                }
                Step::Watch => Input::Watched { until: at(now + 30) },
                Step::Lose => Input::Connected(Connection::Offline),
                Step::Reconnect => Input::Connected(Connection::Online),
                Step::Confirm(index) if !published.is_empty() => {
                    Input::Acked { sequence: *published.keys().nth(index.index(published.len())).unwrap() }
                }
                Step::Restart => {
                    batcher = Batcher::restore(TrackingRules::default(), batcher.checkpoint().clone());
                    continue;
                }
                Step::Confirm(_) | Step::Tick => Input::Tick,
            };
            for batch in sent(&batcher.handle(input, at(now))) {
                let known = published.entry(batch.sequence).or_insert_with(|| batch.clone());
                prop_assert_eq!(encode(known), encode(&batch));
            }
        }
        for batch in sent(&batcher.handle(Input::Mode(SamplingMode::Off), at(now + 5))) {
            published.insert(batch.sequence, batch);
        }
        let arrived: Vec<Fix> = published.into_values().flat_map(|batch| batch.fixes).collect();
        prop_assert_eq!(arrived, driven);
    }
}
