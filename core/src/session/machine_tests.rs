use std::collections::BTreeMap;
use std::time::Duration;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::values::Timestamp;

fn at(seconds: u64) -> Timestamp {
    Timestamp::from_micros(1_800_000_000_000_000) + Duration::from_secs(seconds)
}

fn tokens(number: u32, obtained: u64) -> TokenSet {
    TokenSet {
        access_token: format!("access-{number}"),
        refresh_token: format!("refresh-{number}"),
        expires_in: Duration::from_secs(900),
        obtained_at: at(obtained),
    }
}

/// A phone with keys 1, 2, 3 …
struct Phone {
    machine: SessionMachine,
    keys: u128,
}

impl Phone {
    fn signed_in() -> Self {
        let mut phone = Self { machine: SessionMachine::restore(Checkpoint::default()), keys: 0 };
        phone.tell(Input::SignedIn(tokens(1, 0)), 0);
        phone
    }

    fn tell(&mut self, input: Input, seconds: u64) -> Vec<Effect> {
        self.machine.handle(input, at(seconds), &mut || {
            self.keys += 1;
            Uuid::from_u128(self.keys)
        })
    }
}

fn refresh(number: u32, key: u128) -> Effect {
    Effect::Refresh { refresh_token: format!("refresh-{number}"), idempotency_key: Uuid::from_u128(key) }
}

fn refreshed(key: u128, tokens: TokenSet) -> Input {
    Input::Refreshed { idempotency_key: Uuid::from_u128(key), tokens }
}

#[test]
fn tokens_are_refreshed_at_four_fifths_of_their_life_and_the_key_is_kept_first() {
    let mut phone = Phone::signed_in();
    assert_eq!(phone.machine.deadline(), Some(at(720)));
    assert_eq!(phone.tell(Input::Tick, 719), []);
    let kept = Checkpoint { tokens: Some(tokens(1, 0)), attempt: Some(Uuid::from_u128(1)) };
    assert_eq!(phone.tell(Input::Tick, 720), [Effect::Persist(kept), refresh(1, 1)]);
    assert_eq!(phone.machine.deadline(), None);
}

#[test]
fn one_exchange_at_a_time_serves_everybody_who_waits() {
    let mut phone = Phone::signed_in();
    assert_eq!(phone.tell(Input::NeedToken, 10), [Effect::TokenReady("access-1".to_owned())]);
    assert!(phone.tell(Input::NeedToken, 1_000).contains(&refresh(1, 1)));
    assert_eq!(phone.tell(Input::NeedToken, 1_001), []);
    let next = tokens(2, 1_002);
    let kept = Effect::Persist(Checkpoint { tokens: Some(next.clone()), attempt: None });
    assert_eq!(phone.tell(refreshed(1, next), 1_002), [kept, Effect::TokenReady("access-2".to_owned())]);
}

#[test]
fn a_token_that_is_still_good_is_given_while_the_next_is_fetched() {
    let mut phone = Phone::signed_in();
    let effects = phone.tell(Input::NeedToken, 800);
    assert_eq!(effects[0], Effect::TokenReady("access-1".to_owned()));
    assert_eq!(effects[2], refresh(1, 1));
}

#[test]
fn a_failing_network_is_asked_again_later_and_later_with_the_same_key() {
    let mut phone = Phone::signed_in();
    phone.tell(Input::Tick, 720);
    let mut now = 720;
    for delay in [1, 2, 4, 8, 16, 32, 60, 60] {
        assert_eq!(phone.tell(Input::RefreshFailed(Failure::Network), now), []);
        now += delay;
        assert_eq!(phone.machine.deadline(), Some(at(now)));
        assert_eq!(phone.tell(Input::Tick, now), [refresh(1, 1)]);
    }
    phone.tell(Input::RefreshFailed(Failure::Network), now);
    assert_eq!(phone.tell(Input::Online, now), [refresh(1, 1)]);
}

#[test]
fn a_killed_app_repeats_the_same_exchange() {
    let mut phone = Phone::signed_in();
    phone.tell(Input::Tick, 720);
    let kept = serde_json::to_string(phone.machine.checkpoint()).unwrap();
    phone.machine = SessionMachine::restore(serde_json::from_str(&kept).unwrap());
    assert!(phone.machine.deadline().unwrap() <= at(721));
    assert_eq!(phone.tell(Input::Tick, 721), [refresh(1, 1)]);
}

#[test]
fn a_rejected_exchange_signs_out() {
    let mut phone = Phone::signed_in();
    phone.tell(Input::Tick, 720);
    let effects = phone.tell(Input::RefreshFailed(Failure::Rejected), 721);
    let out = Effect::SignedOut { reason: SignedOutReason::Rejected };
    assert_eq!(effects, [Effect::Persist(Checkpoint::default()), out]);
    let nobody = Effect::SignedOut { reason: SignedOutReason::NotSignedIn };
    assert_eq!(phone.tell(Input::NeedToken, 722), [nobody]);
    assert_eq!(phone.machine.deadline(), None);
}

#[test]
fn an_answer_from_before_signing_out_signs_nobody_in() {
    let mut phone = Phone::signed_in();
    phone.tell(Input::Tick, 720);
    assert_eq!(phone.tell(Input::SignOut, 721).len(), 2);
    assert_eq!(phone.tell(refreshed(1, tokens(2, 722)), 722), []);
    phone.tell(Input::SignedIn(tokens(7, 723)), 723);
    assert_eq!(phone.tell(refreshed(1, tokens(2, 724)), 724), []);
    assert_eq!(phone.tell(Input::NeedToken, 725), [Effect::TokenReady("access-7".to_owned())]);
}

#[test]
fn a_refused_token_is_exchanged_once() {
    let mut phone = Phone::signed_in();
    assert!(phone.tell(Input::TokenRefused("access-1".to_owned()), 10).contains(&refresh(1, 1)));
    phone.tell(refreshed(1, tokens(2, 11)), 11);
    assert_eq!(phone.tell(Input::TokenRefused("access-1".to_owned()), 12), []);
}

#[test]
fn a_clock_set_back_refreshes_rather_than_trusts() {
    let mut phone = Phone { machine: SessionMachine::restore(Checkpoint::default()), keys: 0 };
    phone.tell(Input::SignedIn(tokens(1, 50_000)), 50_000);
    assert!(phone.tell(Input::NeedToken, 10).contains(&refresh(1, 1)));
}

#[test]
fn tokens_do_not_show_in_logs() {
    let mut phone = Phone::signed_in();
    let effects = phone.tell(Input::NeedToken, 800);
    let shown = format!("{effects:?} {:?} {:?}", Input::SignedIn(tokens(1, 0)), phone.machine);
    assert!(!shown.contains("access-") && !shown.contains("refresh-"), "{shown}");
}

#[derive(Debug, Clone, Copy)]
enum World {
    Wait(u64),
    Need,
    RequestLost,
    AnswerLost,
    Answer,
    Kill,
}

fn world() -> impl Strategy<Value = World> {
    prop_oneof![
        (1u64..1_000).prop_map(World::Wait),
        Just(World::Need),
        Just(World::RequestLost),
        Just(World::AnswerLost),
        Just(World::Answer),
        Just(World::Answer),
        Just(World::Kill),
    ]
}

/// A backend that rotates: the same exchange gets the same successor until that is used, anything else is reuse.
#[derive(Default)]
struct Backend {
    current: u32,
    last: Option<(u32, Uuid)>,
    granted: BTreeMap<Uuid, u32>,
}

impl Backend {
    fn exchange(&mut self, token: u32, key: Uuid) -> Option<u32> {
        if token == self.current {
            self.last = Some((token, key));
            self.current += 1;
            self.granted.insert(key, self.current);
        }
        if self.last == Some((token, key)) { self.granted.get(&key).copied() } else { None }
    }
}

proptest! {
    #[test]
    fn whatever_is_lost_the_family_of_tokens_lives(steps in prop::collection::vec(world(), 1..200)) {
        let mut phone = Phone::signed_in();
        let mut backend = Backend { current: 1, ..Backend::default() };
        let (mut now, mut disk) = (0, phone.machine.checkpoint().clone());
        let mut wire: Option<(u32, Uuid)> = None;
        for step in steps {
            let mut input = Input::Tick;
            match step {
                World::Wait(seconds) => now += seconds,
                World::Need => input = Input::NeedToken,
                World::Kill => {
                    wire = None;
                    phone.machine = SessionMachine::restore(disk.clone());
                }
                World::RequestLost | World::AnswerLost | World::Answer => {
                    let Some((token, key)) = wire.take() else { continue };
                    input = Input::RefreshFailed(Failure::Network);
                    if !matches!(step, World::RequestLost) {
                        let next = backend.exchange(token, key);
                        prop_assert!(next.is_some(), "the backend saw a reuse");
                        if matches!(step, World::Answer) {
                            input = Input::Refreshed { idempotency_key: key, tokens: tokens(next.unwrap(), now) };
                        }
                    }
                }
            }
            for effect in phone.tell(input, now) {
                match effect {
                    Effect::Persist(checkpoint) => disk = checkpoint,
                    Effect::Refresh { refresh_token, idempotency_key } => {
                        prop_assert!(wire.is_none(), "two exchanges at once");
                        prop_assert_eq!(disk.attempt, Some(idempotency_key));
                        wire = Some((refresh_token.trim_start_matches("refresh-").parse().unwrap(), idempotency_key));
                    }
                    Effect::TokenReady(_) => {}
                    Effect::SignedOut { reason } => prop_assert!(false, "signed out: {:?}", reason),
                }
            }
        }
    }
}
