//! The grid as a snapshot, and lives made of random moves.

use std::time::Duration;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::values::{Id, Timestamp, User};

const NOON: Timestamp = Timestamp::from_micros(1_800_000_000_000_000);

fn person(number: u128) -> Id<User> {
    Id::new(Uuid::from_u128(number))
}

fn client() -> Actor {
    Actor::Client(person(1))
}

fn her() -> Actor {
    Actor::Provider(person(3))
}

fn order_in(stage: Stage) -> Order {
    Order { id: Id::new(Uuid::from_u128(9)), client: person(1), stage }
}

fn cancel() -> Command {
    Command::Cancel { reason: "changed plans".to_owned() }
}

fn invalid(status: Status, action: &'static str) -> Result<Vec<Event>, Refused> {
    Err(Refused::InvalidTransition { status, action })
}

#[test]
fn the_grid_of_all_moves_is_as_agreed() {
    insta::assert_snapshot!(grid_markdown());
}

#[test]
fn the_documented_grid_is_the_one_the_code_follows() {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/order-grid.md");
    if std::env::var_os("RAPI_BLESS").is_some() {
        std::fs::write(page, grid_markdown()).unwrap();
    }
    assert_eq!(std::fs::read_to_string(page).unwrap(), grid_markdown(), "run once with RAPI_BLESS=1");
}

#[test]
fn an_order_lives_from_accept_to_rating() {
    let mut order = order_in(Stage::Pending);
    let moves = [
        (Command::Accept, her(), Status::Accepted, None),
        (Command::Depart, her(), Status::OnTheWay, None),
        (Command::Arrive, her(), Status::Arrived, None),
        (Command::Start, her(), Status::InProgress, Some(PayStage::Working)),
        (Command::Finish, her(), Status::InProgress, Some(PayStage::AwaitingPayment)),
        (Command::Settle, Actor::System, Status::InProgress, Some(PayStage::AwaitingRating)),
        (Command::Rate, client(), Status::Completed, None),
    ];
    for (command, by, status, stage) in moves {
        for event in step(&order, &command, by, NOON).unwrap() {
            order.apply(&event);
        }
        assert_eq!((order.stage.status(), order.stage.pay_stage()), (status, stage));
    }
}

#[test]
fn the_second_to_accept_is_told_that_it_is_taken() {
    let order = order_in(Stage::Accepted { provider: person(3) });
    assert_eq!(step(&order, &Command::Accept, Actor::Provider(person(4)), NOON), Err(Refused::AlreadyTaken));
    assert_eq!(step(&order, &Command::Accept, her(), NOON), Ok(vec![]));
}

#[test]
fn accept_of_a_cancelled_order_is_refused() {
    let order = order_in(Stage::Cancelled { by: Some(person(1)), reason: String::new() });
    assert_eq!(step(&order, &Command::Accept, her(), NOON), invalid(Status::Cancelled, "accept"));
}

#[test]
fn rating_before_payment_is_refused() {
    let order = order_in(Stage::AwaitingPayment { provider: person(3) });
    assert_eq!(step(&order, &Command::Rate, client(), NOON), invalid(Status::InProgress, "rate"));
}

#[test]
fn an_order_completes_itself_24_hours_after_payment_and_not_a_moment_sooner() {
    let order = order_in(Stage::AwaitingRating { provider: person(3), paid_at: NOON });
    let due = NOON + AUTO_COMPLETE_AFTER;
    let answer = |now| step(&order, &Command::AutoComplete, Actor::System, now);
    assert_eq!(answer(due - Duration::from_micros(1)), invalid(Status::InProgress, "auto_complete"));
    assert_eq!(answer(due), Ok(vec![Event::OrderCompleted]));
}

#[test]
fn without_a_taker_nobody_is_named_as_canceller() {
    let events = step(&order_in(Stage::Pending), &Command::GiveUp, Actor::System, NOON).unwrap();
    assert_eq!(events, [Event::OrderCancelled { by: None, reason: "no_provider".to_owned() }]);
}

#[test]
fn only_the_one_who_cancelled_repeats_it() {
    let order = order_in(Stage::Cancelled { by: Some(person(3)), reason: String::new() });
    assert_eq!(step(&order, &cancel(), her(), NOON), Ok(vec![]));
    assert_eq!(step(&order, &cancel(), client(), NOON), invalid(Status::Cancelled, "cancel"));
    assert_eq!(step(&order, &Command::GiveUp, Actor::System, NOON), invalid(Status::Cancelled, "give_up"));
}

#[test]
fn events_survive_being_written_down() {
    let event = Event::OrderCancelled { by: Some(person(1)), reason: "late".to_owned() };
    let json = serde_json::to_value(&event).unwrap();
    assert_eq!(json["type"], "order_cancelled");
    assert_eq!(serde_json::from_value::<Event>(json).unwrap(), event);
}

#[test]
fn every_action_has_its_word() {
    for action in Action::ALL {
        assert_eq!(action.as_str().parse(), Ok(action));
        assert_eq!(serde_json::to_value(action).unwrap(), action.as_str());
    }
}

#[test]
fn each_person_sees_her_own_buttons() {
    use Action::*;
    let provider = person(3);
    let other = Actor::Provider(person(4));
    let at = |stage: Stage, by, work| actions(&order_in(stage), by, work, NOON);
    assert_eq!(at(Stage::Pending, other, None), [Accept, Decline]);
    assert_eq!(at(Stage::Pending, client(), None), [Cancel]);
    assert_eq!(at(Stage::Accepted { provider }, her(), None), [Depart, Cancel]);
    assert_eq!(at(Stage::Accepted { provider }, other, None), []);
    assert_eq!(at(Stage::OnTheWay { provider }, her(), None), [Arrive, Cancel]);
    assert_eq!(at(Stage::Arrived { provider }, her(), None), [Start, Cancel]);
    assert_eq!(at(Stage::Working { provider }, her(), Some(WorkState::Running)), [Pause, Stop]);
    assert_eq!(at(Stage::Working { provider }, her(), Some(WorkState::Paused)), [Resume, Stop]);
    assert_eq!(at(Stage::Working { provider }, client(), Some(WorkState::Running)), []);
    assert_eq!(at(Stage::Working { provider }, Actor::Admin(person(5)), None), [Cancel]);
    assert_eq!(at(Stage::AwaitingPayment { provider }, client(), None), [Pay]);
    assert_eq!(at(Stage::AwaitingPayment { provider }, her(), None), [ConfirmCash]);
    assert_eq!(at(Stage::AwaitingPayment { provider }, other, None), []);
    assert_eq!(at(Stage::AwaitingRating { provider, paid_at: NOON }, client(), None), [Rate]);
    assert_eq!(at(Stage::Completed { provider }, client(), None), []);
}

fn any_actor() -> impl Strategy<Value = Actor> {
    prop_oneof![
        3 => Just(client()),
        5 => Just(her()),
        1 => Just(Actor::Client(person(2))),
        2 => Just(Actor::Provider(person(4))),
        1 => Just(Actor::Admin(person(5))),
        3 => Just(Actor::System),
    ]
}

fn any_command() -> impl Strategy<Value = Command> {
    prop_oneof![
        4 => Just(Command::Accept),
        4 => Just(Command::Depart),
        4 => Just(Command::Arrive),
        4 => Just(Command::Start),
        4 => Just(Command::Finish),
        4 => Just(Command::Settle),
        3 => Just(Command::Rate),
        1 => Just(cancel()),
        1 => Just(Command::GiveUp),
        3 => Just(Command::AutoComplete),
    ]
}

/// One attempted move, some hours after the one before.
fn any_move() -> impl Strategy<Value = (Command, Actor, u64)> {
    (any_command(), any_actor(), 0u64..30)
}

/// Moves that lead on, so that random lives also reach their far end.
fn the_good_life() -> Vec<(Command, Actor, u64)> {
    let by_her = [Command::Accept, Command::Depart, Command::Arrive, Command::Start, Command::Finish];
    let mut moves: Vec<_> = by_her.into_iter().map(|command| (command, her(), 0)).collect();
    moves.push((Command::Settle, Actor::System, 0));
    moves
}

/// A good beginning of any length, then anything.
fn any_life() -> impl Strategy<Value = Vec<(Command, Actor, u64)>> {
    (0..=6usize, prop::collection::vec(any_move(), 0..40))
        .prop_map(|(start, rest)| the_good_life().into_iter().take(start).chain(rest).collect())
}

fn follows(before: &Stage, after: &Stage) -> bool {
    use Stage::*;
    match (before, after) {
        (Pending, Accepted { .. }) => true,
        (Accepted { provider: a }, OnTheWay { provider: b })
        | (OnTheWay { provider: a }, Arrived { provider: b })
        | (Arrived { provider: a }, Working { provider: b })
        | (Working { provider: a }, AwaitingPayment { provider: b })
        | (AwaitingPayment { provider: a }, AwaitingRating { provider: b, .. })
        | (AwaitingRating { provider: a, .. }, Completed { provider: b }) => a == b,
        (Completed { .. } | Cancelled { .. }, _) => false,
        (_, Cancelled { .. }) => true,
        _ => false,
    }
}

proptest! {
    #[test]
    fn no_sequence_of_moves_leaves_a_legal_life(life in any_life()) {
        let (mut order, mut now, mut providers) = (order_in(Stage::Pending), NOON, Vec::new());
        for (command, by, hours) in life {
            now = now + Duration::from_secs(hours * 3600);
            let before = order.stage.clone();
            let Ok(events) = step(&order, &command, by, now) else { continue };
            events.iter().for_each(|event| order.apply(event));
            prop_assert_eq!(events.is_empty(), before == order.stage);
            prop_assert!(events.is_empty() || follows(&before, &order.stage), "{:?} -> {:?}", before, order.stage);
            providers.extend(order.stage.provider());
            providers.dedup();
            prop_assert!(providers.len() <= 1, "one provider ever: {:?}", providers);
        }
    }

    #[test]
    fn what_was_done_can_be_asked_again(life in any_life()) {
        let (mut order, mut now) = (order_in(Stage::Pending), NOON);
        for (command, by, hours) in life {
            now = now + Duration::from_secs(hours * 3600);
            let Ok(events) = step(&order, &command, by, now) else { continue };
            events.iter().for_each(|event| order.apply(event));
            let settled = order.clone();
            events.iter().for_each(|event| order.apply(event));
            prop_assert_eq!(&order, &settled, "an event heard twice");
            if command != Command::Rate {
                prop_assert_eq!(step(&order, &command, by, now), Ok(vec![]), "a command given twice");
            }
        }
    }

    #[test]
    fn a_provider_is_busy_from_accepting_until_the_work_stops(life in any_life()) {
        let (mut order, mut now) = (order_in(Stage::Pending), NOON);
        for (command, by, hours) in life {
            now = now + Duration::from_secs(hours * 3600);
            for event in step(&order, &command, by, now).unwrap_or_default() {
                order.apply(&event);
            }
            let by_status = match order.stage.status() {
                Status::Accepted | Status::OnTheWay | Status::Arrived => true,
                Status::InProgress => order.stage.pay_stage() == Some(PayStage::Working),
                _ => false,
            };
            prop_assert_eq!(order.stage.occupies_provider(), by_status);
            prop_assert_eq!(order.stage.pay_stage().is_some(), order.stage.status() == Status::InProgress);
            prop_assert!(!order.stage.occupies_provider() || order.stage.provider().is_some());
        }
    }

    #[test]
    fn a_button_is_shown_only_where_its_move_is_taken(life in any_life(), asks in any_actor()) {
        let (mut order, now) = (order_in(Stage::Pending), NOON);
        for (command, by, _) in life {
            for event in step(&order, &command, by, now).unwrap_or_default() {
                order.apply(&event);
            }
        }
        let shown = actions(&order, asks, None, now);
        let taken = |command: Command| step(&order, &command, asks, now).is_ok_and(|events| !events.is_empty());
        for (action, command) in [
            (Action::Accept, Command::Accept),
            (Action::Depart, Command::Depart),
            (Action::Arrive, Command::Arrive),
            (Action::Start, Command::Start),
            (Action::Stop, Command::Finish),
            (Action::Rate, Command::Rate),
            (Action::Cancel, cancel()),
        ] {
            prop_assert_eq!(shown.contains(&action), taken(command));
        }
    }
}
