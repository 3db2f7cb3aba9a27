use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::values::{BootId, Moment, Timestamp};

fn at(seconds: u64) -> Timestamp {
    Timestamp::from_micros(1_800_000_000_000_000) + Duration::from_secs(seconds)
}

fn moment(boot: &str, mono_seconds: u64, wall_seconds: u64) -> Moment {
    Moment { wall: at(wall_seconds), mono: Duration::from_secs(mono_seconds), boot: BootId(boot.to_owned()) }
}

/// The list after these steps, each heard as it happens.
fn list(steps: &[(WorkEventKind, u64)]) -> Vec<WorkEvent> {
    steps.iter().fold(Vec::new(), |mut events, (kind, seconds)| {
        events.extend(append(&events, *kind, at(*seconds), at(*seconds)).unwrap());
        events
    })
}

fn on_device(steps: &[(WorkEventKind, Moment)]) -> Vec<WorkEvent> {
    steps.iter().fold(Vec::new(), |mut events, (kind, now)| {
        events.extend(append_on_device(&events, *kind, now).unwrap());
        events
    })
}

fn session(events: &[WorkEvent]) -> WorkSession {
    fold(events, None).unwrap().unwrap()
}

use WorkEventKind::{Arrive, Depart, Pause, Resume, Start, Stop};

#[test]
fn pauses_are_not_worked() {
    let events = list(&[(Depart, 0), (Arrive, 60), (Start, 100), (Pause, 160), (Resume, 1_000), (Stop, 1_030)]);
    let session = session(&events);
    assert_eq!(session.worked(at(9_999)), Duration::from_secs(90));
    assert_eq!(session.status, SessionStatus::Completed);
    assert_eq!((session.start_time, session.end_time), (at(100), Some(at(1_030))));
    assert_eq!(session.pauses, [PauseSpan { paused_at: at(160), resumed_at: Some(at(1_000)) }]);
    assert!(!session.clock_unsure);
}

#[test]
fn running_work_grows_and_paused_work_stands() {
    let running = session(&list(&[(Start, 0)]));
    assert_eq!((running.worked(at(10)), running.worked(at(70))), (Duration::from_secs(10), Duration::from_secs(70)));
    let paused = session(&list(&[(Start, 0), (Pause, 30)]));
    assert_eq!((paused.worked(at(40)), paused.status), (Duration::from_secs(30), SessionStatus::Paused));
}

#[test]
fn before_the_start_there_is_no_session() {
    assert_eq!(fold(&list(&[(Depart, 0), (Arrive, 1)]), None), Ok(None));
    assert_eq!(fold(&[], None), Ok(None));
}

#[test]
fn what_is_so_already_is_success() {
    for (steps, again) in [
        (&[(Start, 0)][..], Start),
        (&[(Start, 0), (Pause, 1)], Pause),
        (&[(Start, 0), (Pause, 1), (Resume, 2)], Resume),
        (&[(Start, 0), (Stop, 1)], Stop),
        (&[(Depart, 0), (Arrive, 1), (Start, 2)], Depart),
    ] {
        assert_eq!(append(&list(steps), again, at(9), at(9)), Ok(None), "{again}");
    }
}

#[test]
fn what_makes_no_sense_is_refused() {
    let refused = |steps: &[_], kind| append(&list(steps), kind, at(9), at(9)).unwrap_err();
    assert_eq!(refused(&[], Pause), WorkRefused::NotStarted { kind: Pause });
    assert_eq!(refused(&[(Arrive, 0)], Stop), WorkRefused::NotStarted { kind: Stop });
    assert_eq!(refused(&[(Start, 0)], Resume), WorkRefused::NotPaused);
    assert_eq!(refused(&[(Start, 0), (Stop, 1)], Pause), WorkRefused::Stopped);
    assert_eq!(refused(&[(Arrive, 0)], Depart), WorkRefused::TooLate { kind: Depart });
    assert_eq!(refused(&[(Start, 0)], Arrive), WorkRefused::TooLate { kind: Arrive });
}

#[test]
fn a_reported_time_is_held_between_the_event_before_and_now() {
    let events = list(&[(Start, 100)]);
    let reported = |seconds| append(&events, Pause, at(seconds), at(500)).unwrap().unwrap().wall;
    assert_eq!((reported(50), reported(300), reported(900)), (at(100), at(300), at(500)));
}

#[test]
fn a_wall_clock_set_back_does_not_change_the_time_of_one_boot() {
    let session = session(&on_device(&[(Start, moment("a", 10, 5_000)), (Stop, moment("a", 3_610, 40))]));
    assert_eq!(session.worked(at(0)), Duration::from_secs(3_600));
    assert!(!session.clock_unsure);
}

#[test]
fn a_running_stretch_on_the_phone_follows_the_monotonic_clock() {
    let session = session(&on_device(&[(Start, moment("a", 10, 100))]));
    assert_eq!(session.worked_at(&moment("a", 70, 9_000)), Duration::from_secs(60));
    assert_eq!(session.worked_at(&moment("b", 5, 400)), Duration::from_secs(300));
}

#[test]
fn across_boots_the_wall_clock_counts_and_is_unsure_unless_the_server_heard_of_it_then() {
    let mut events = on_device(&[(Start, moment("a", 10, 0)), (Stop, moment("b", 1, 600))]);
    assert!(!session(&events).clock_unsure);
    events[1].received_at = at(5_000);
    let session = session(&events);
    assert_eq!((session.worked(at(0)), session.clock_unsure), (Duration::from_secs(600), true));
}

#[test]
fn nothing_is_billed_outside_the_servers_window() {
    let events = on_device(&[(Start, moment("a", 0, 0)), (Stop, moment("a", 90_000, 90_000))]);
    let window = ServerWindow { accepted_heard: at(0), stop_heard: Some(at(3_600)) };
    assert_eq!(fold(&events, Some(window)).unwrap().unwrap().worked(at(100_000)), Duration::from_secs(3_600));
}

#[test]
fn events_behind_a_gap_wait() {
    let mut events = list(&[(Start, 0), (Pause, 10), (Resume, 20), (Stop, 30)]);
    let pause = events.remove(1);
    assert_eq!(session(&events).missing, Some(1));
    assert_eq!(session(&events).status, SessionStatus::Started);
    assert_eq!(append(&events, Stop, at(99), at(99)), Err(WorkRefused::Missing { sequence: 1 }));
    events.push(pause);
    assert_eq!(session(&events).missing, None);
    assert_eq!(session(&events).worked(at(99)), Duration::from_secs(20));
}

#[test]
fn two_events_in_one_place_are_a_fork() {
    let mut events = list(&[(Start, 0), (Stop, 10)]);
    events.push(WorkEvent { wall: at(20), ..events[1].clone() });
    assert_eq!(fold(&events, None), Err(WorkRefused::Forked { sequence: 1 }));
}

#[test]
fn a_device_event_heard_twice_is_one_event() {
    let mut events = on_device(&[(Start, moment("a", 0, 0)), (Stop, moment("a", 60, 60))]);
    events.push(WorkEvent { received_at: at(700), ..events[1].clone() });
    assert_eq!(session(&events).worked(at(0)), Duration::from_secs(60));
    assert_eq!(verify_chain(&events), Ok(()));
}

#[test]
fn the_encoding_of_the_hash_does_not_change() {
    let event = on_device(&[(Start, moment("boot", 7, 0))]).remove(0);
    // Computed from the documented encoding by another program.
    assert_eq!(event.hash(), "d7cc578126067514158f2be5e604c978b8136448ab3b403fe9ea377a60409ac1");
}

#[test]
fn names_are_read_as_they_are_written() {
    for kind in WorkEventKind::ALL {
        assert_eq!(kind.as_str().parse(), Ok(kind));
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
    }
    assert_eq!(serde_json::to_value(SessionStatus::Completed).unwrap(), "COMPLETED");
    assert_eq!("PAUSED".parse(), Ok(SessionStatus::Paused));
    assert_eq!("paused".parse::<SessionStatus>(), Err(UnknownName));
}

fn kinds() -> impl Strategy<Value = Vec<(WorkEventKind, u64)>> {
    prop::collection::vec((prop::sample::select(&WorkEventKind::ALL[..]), 0u64..4_000), 0..20)
}

/// A list made of whatever of the steps is legal, time going on.
fn legal(steps: &[(WorkEventKind, u64)]) -> Vec<WorkEvent> {
    let mut now = 0;
    steps.iter().fold(Vec::new(), |mut events, (kind, later)| {
        now += later;
        events.extend(append(&events, *kind, at(now), at(now)).unwrap_or(None));
        events
    })
}

prop_compose! {
    fn any_event()(
        kind in prop::sample::select(&WorkEventKind::ALL[..]),
        sequence in prop_oneof![0u32..8, any::<u32>()],
        wall: i64, received: i64,
        mono in prop::option::of((0u8..2, any::<u64>())),
        by_device: bool,
        previous_hash in prop_oneof![Just(FIRST_PREVIOUS_HASH.to_owned()), ".{0,8}"],
    ) -> WorkEvent {
        WorkEvent {
            kind, sequence, previous_hash,
            wall: Timestamp::from_micros(wall),
            mono: mono.map(|(boot, seconds)| (BootId(boot.to_string()), Duration::from_secs(seconds))),
            received_at: Timestamp::from_micros(received),
            attestation: if by_device { Attestation::Device } else { Attestation::Server },
        }
    }
}

proptest! {
    #[test]
    fn order_and_repetition_change_nothing(
        (events, heard) in kinds().prop_map(|steps| legal(&steps)).prop_flat_map(|events| {
            let doubled: Vec<_> = events.iter().chain(&events).cloned().collect();
            (Just(events), Just(doubled).prop_shuffle())
        })
    ) {
        prop_assert_eq!(fold(&heard, None), fold(&events, None));
        prop_assert_eq!(verify_chain(&heard), Ok(()));
    }

    #[test]
    fn what_was_added_can_be_folded_and_is_one_chain(steps in kinds()) {
        let events = legal(&steps);
        prop_assert!(fold(&events, None).is_ok());
        prop_assert_eq!(verify_chain(&events), Ok(()));
    }

    #[test]
    fn worked_is_the_span_without_the_pauses(steps in kinds(), later in 0u64..10_000) {
        let events = legal(&steps);
        if let Some(session) = fold(&events, None).unwrap() {
            let now = events.last().unwrap().wall + Duration::from_secs(later);
            let end = session.end_time.unwrap_or(now);
            let paused: Duration = session.pauses.iter().map(|p| p.resumed_at.unwrap_or(end).since(p.paused_at)).sum();
            prop_assert_eq!(session.worked(now) + paused, end.since(session.start_time));
        }
    }

    #[test]
    fn worked_never_exceeds_the_servers_window(steps in kinds(), length in 0u64..20_000, late in 0u64..20_000) {
        let window = ServerWindow { accepted_heard: at(0), stop_heard: Some(at(length)) };
        if let Some(session) = fold(&legal(&steps), Some(window)).unwrap() {
            prop_assert!(session.worked(at(late)) <= Duration::from_secs(length));
        }
    }

    #[test]
    fn arbitrary_lists_do_not_panic(events in prop::collection::vec(any_event(), 0..12), now: i64) {
        let now = Timestamp::from_micros(now);
        if let Ok(Some(session)) = fold(&events, None) {
            let _ = session.worked(now);
        }
        let _ = (verify_chain(&events), append(&events, Stop, now, now));
    }

    #[test]
    fn an_edited_or_missing_event_shows(steps in kinds(), which: prop::sample::Index, edit in 0..3u8) {
        let mut events = legal(&steps);
        prop_assume!(events.len() > 1);
        let index = which.index(events.len() - 1);
        match edit {
            0 => drop(events.remove(index)),
            1 => events[index].wall = events[index].wall + Duration::from_micros(1),
            _ => events[index].received_at = events[index].received_at + Duration::from_secs(1),
        }
        prop_assert!(verify_chain(&events).is_err());
    }
}
