//! Waves: who is asked, in which order, and why others are not.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::values::{Id, LatLng, Rupiah, Timestamp, User};

const NOON: Timestamp = Timestamp::from_micros(1_800_000_000_000_000);

fn person(number: u128) -> Id<User> {
    Id::new(Uuid::from_u128(number))
}

fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

/// So many kilometres north of the work.
fn away(km: f64) -> LatLng {
    LatLng::try_new(-6.2 + km / 111.195, 106.8).unwrap()
}

fn cleaner(number: u128, km: f64) -> Candidate {
    Candidate { provider: person(number), position: away(km), position_at: NOON, standing: Arc::new(good()), already_asked: false }
}

fn good() -> Standing {
    Standing {
        is_approved: true,
        is_active: true,
        is_online: true,
        working_hours: None,
        services: Arc::new(["cleaning".to_owned()]),
        on_a_job: false,
        balance: Rupiah::ZERO,
    }
}

/// A cleaner, and what else is to be said of her.
fn but(standing: Standing, cleaner: Candidate) -> Candidate {
    Candidate { standing: Arc::new(standing), ..cleaner }
}

fn cleaning() -> Job {
    Job {
        place: away(0.0),
        category_slug: Some("cleaning".to_owned()),
        payment_is_cash: true,
        preferred_provider: None,
        broadcast_at: NOON,
        utc_offset_minutes: 7 * 60,
    }
}

fn rules() -> DispatchRules {
    DispatchRules::default()
}

fn plan(candidates: &[Candidate], job: &Job, number: u32, now: Timestamp) -> WavePlan {
    plan_wave(candidates, job, &wave_at(number, job, &rules(), now), &rules(), now)
}

fn asked(plan: &WavePlan) -> Vec<Id<User>> {
    plan.offers.iter().map(|offer| offer.provider).collect()
}

fn reason(change: impl Fn(&mut Candidate)) -> Option<PassedOver> {
    let mut candidate = cleaner(1, 1.0);
    change(&mut candidate);
    eligible(&candidate, &cleaning(), &wave_at(0, &cleaning(), &rules(), NOON), &rules(), NOON).err()
}

fn reason_in(change: impl Fn(&mut Standing)) -> Option<PassedOver> {
    reason(|candidate| change(Arc::make_mut(&mut candidate.standing)))
}

#[test]
fn each_reason_passes_a_candidate_over() {
    let sundays = r#"{"sun":[{"from":"08:00","to":"09:00"}]}"#;
    assert_eq!(reason(|_| {}), None);
    assert_eq!(reason_in(|c| c.is_approved = false), Some(PassedOver::NotApproved));
    assert_eq!(reason_in(|c| c.is_active = false), Some(PassedOver::Suspended));
    assert_eq!(reason_in(|c| c.is_online = false), Some(PassedOver::Offline));
    assert_eq!(reason_in(|c| c.working_hours = Some(serde_json::from_str(sundays).unwrap())), Some(PassedOver::OutsideWorkingHours));
    assert_eq!(reason_in(|c| c.services = Arc::new(["massage".to_owned()])), Some(PassedOver::DifferentService));
    assert_eq!(reason_in(|c| c.on_a_job = true), Some(PassedOver::OnAJob));
    assert_eq!(reason(|c| c.position_at = NOON - seconds(601)), Some(PassedOver::PositionTooOld));
    assert_eq!(reason(|c| c.position_at = NOON - seconds(600)), None);
    assert_eq!(reason_in(|c| c.balance = Rupiah::new(-100_001)), Some(PassedOver::CashDebt));
    assert_eq!(reason_in(|c| c.balance = Rupiah::new(-100_000)), None);
    assert_eq!(reason(|c| c.already_asked = true), Some(PassedOver::AlreadyAsked));
    assert_eq!(reason(|c| c.position = away(3.01)), Some(PassedOver::OutsideRadius));
    assert_eq!(reason(|c| c.position = away(2.99)), None);
}

#[test]
fn a_custom_job_is_for_everybody() {
    let job = Job { category_slug: None, ..cleaning() };
    let gardener = but(Standing { services: Arc::new([]), ..good() }, cleaner(1, 1.0));
    assert_eq!(asked(&plan(&[gardener], &job, 0, NOON)), [person(1)]);
}

#[test]
fn cash_debt_bars_from_cash_jobs_only() {
    let job = Job { payment_is_cash: false, ..cleaning() };
    let debtor = but(Standing { balance: Rupiah::new(-5_000_000), ..good() }, cleaner(1, 1.0));
    assert_eq!(asked(&plan(&[debtor], &job, 0, NOON)), [person(1)]);
}

#[test]
fn the_nearest_five_are_asked_and_only_those_passed_on_the_way_are_recorded() {
    let mut all: Vec<_> = (1..=8u32).rev().map(|n| cleaner(u128::from(n), f64::from(n) * 0.3)).collect();
    for candidate in &mut all {
        let on_a_job = [person(2), person(8)].contains(&candidate.provider);
        Arc::make_mut(&mut candidate.standing).on_a_job = on_a_job;
    }
    let plan = plan(&all, &cleaning(), 0, NOON);
    assert_eq!(asked(&plan), [1, 3, 4, 5, 6].map(person));
    assert_eq!(plan.passed_over, [(person(2), PassedOver::OnAJob)]);
    assert_eq!(plan.next_wave_at, Some(NOON + seconds(10)));
    assert_eq!(plan.give_up_at, NOON + seconds(120));
}

#[test]
fn a_wave_that_is_not_full_records_everybody_it_passed_over() {
    let asked_before = Candidate { already_asked: true, ..cleaner(3, 0.5) };
    let plan = plan(&[cleaner(1, 1.0), cleaner(2, 4.0), asked_before], &cleaning(), 0, NOON);
    assert_eq!(asked(&plan), [person(1)]);
    assert_eq!(plan.passed_over, [(person(2), PassedOver::OutsideRadius)], "an offer is its own record");
}

#[test]
fn each_wave_reaches_further_until_the_last_radius() {
    let radius = |number| wave_at(number, &cleaning(), &rules(), NOON).radius_km;
    assert_eq!([0, 1, 2, 3, 4, u32::MAX].map(radius), [3.0, 5.0, 8.0, 12.0, 12.0, 12.0]);
    let nowhere = DispatchRules { radii_km: vec![], ..rules() };
    assert_eq!(wave_at(7, &cleaning(), &nowhere, NOON).radius_km, 0.0);
}

#[test]
fn a_preferred_provider_is_asked_alone_for_half_a_minute() {
    let job = Job { preferred_provider: Some(person(2)), ..cleaning() };
    let mut all = [cleaner(1, 0.2), cleaner(2, 11.0)];
    let first = plan(&all, &job, 0, NOON);
    assert_eq!(asked(&first), [person(2)], "near or far");
    assert_eq!(first.passed_over, []);
    assert_eq!(first.next_wave_at, Some(NOON + seconds(30)), "she is given her time");
    all[1].already_asked = true;
    let again = plan(&all, &job, 1, NOON + seconds(10));
    assert_eq!((asked(&again), again.next_wave_at), (vec![], Some(NOON + seconds(30))));
    let open = plan(&all, &job, 1, NOON + seconds(30));
    assert_eq!((asked(&open), open.next_wave_at), (vec![person(1)], Some(NOON + seconds(40))));
}

#[test]
fn a_preferred_provider_who_is_away_is_looked_for_again() {
    let job = Job { preferred_provider: Some(person(2)), ..cleaning() };
    let away = but(Standing { is_online: false, ..good() }, cleaner(2, 1.0));
    let first = plan(&[cleaner(1, 0.2), away.clone()], &job, 0, NOON);
    assert_eq!(first.passed_over, [(person(2), PassedOver::Offline)]);
    assert_eq!(first.next_wave_at, Some(NOON + seconds(10)));
    let late = plan(&[away], &job, 2, NOON + seconds(25));
    assert_eq!(late.next_wave_at, Some(NOON + seconds(30)), "others do not wait longer than her time");
}

#[test]
fn nobody_is_asked_when_it_is_time_to_give_up() {
    let all = [cleaner(1, 1.0)];
    assert_eq!(plan(&all, &cleaning(), 11, NOON + seconds(110)).next_wave_at, None);
    assert_eq!(plan(&all, &cleaning(), 11, NOON + seconds(109)).next_wave_at, Some(NOON + seconds(119)));
    let late = plan(&all, &cleaning(), 12, NOON + seconds(120));
    assert_eq!((late.offers, late.next_wave_at), (vec![], None));
}

#[test]
fn a_later_order_waits_until_45_minutes_before_it() {
    let due = |requested| broadcast_due(requested, NOON, &rules());
    assert_eq!(due(NOON), NOON);
    assert_eq!(due(NOON + seconds(45 * 60)), NOON);
    assert_eq!(due(NOON + seconds(46 * 60)), NOON + seconds(60));
    assert_eq!(due(NOON - seconds(3600)), NOON);
}

fn any_candidate() -> impl Strategy<Value = Candidate> {
    // Most flags lean towards eligible, so that waves fill up.
    let likely = || prop::bool::weighted(0.9);
    let rarely = || prop::bool::weighted(0.1);
    ((1u128..40, 0.0..15.0f64, 0u64..900), (likely(), likely(), likely()), (likely(), rarely(), rarely(), -200_000i64..50_000)).prop_map(
        |((number, km, age), (approved, active, online), (offers, busy, asked, balance))| Candidate {
            position_at: NOON - seconds(age),
            already_asked: asked,
            standing: Arc::new(Standing {
                is_approved: approved,
                is_active: active,
                is_online: online,
                working_hours: None,
                services: if offers { Arc::new(["cleaning".to_owned()]) } else { Arc::new([]) },
                on_a_job: busy,
                balance: Rupiah::new(balance),
            }),
            ..cleaner(number, km)
        },
    )
}

fn any_job() -> impl Strategy<Value = Job> {
    (any::<bool>(), prop::option::of(1u128..40), prop::bool::ANY).prop_map(|(cash, preferred, custom)| Job {
        payment_is_cash: cash,
        preferred_provider: preferred.map(person),
        category_slug: (!custom).then(|| "cleaning".to_owned()),
        ..cleaning()
    })
}

proptest! {
    #[test]
    fn a_wave_is_small_sorted_and_asks_nobody_twice_or_in_vain(
        candidates in prop::collection::vec(any_candidate(), 0..60),
        job in any_job(),
        number in 0u32..12,
        after in 0u64..150,
    ) {
        let now = NOON + seconds(after);
        let wave = wave_at(number, &job, &rules(), now);
        let plan = plan_wave(&candidates, &job, &wave, &rules(), now);
        prop_assert!(plan.offers.len() <= rules().wave_size);
        prop_assert!(plan.offers.is_sorted_by(|a, b| a.meters <= b.meters));
        let mut seen = HashSet::new();
        for offer in &plan.offers {
            prop_assert!(seen.insert(offer.provider), "asked twice");
            prop_assert!(offer.meters <= wave.radius_km * 1000.0);
            let ok = candidates.iter().any(|one| {
                one.provider == offer.provider && eligible(one, &job, &wave, &rules(), now) == Ok(offer.meters)
            });
            prop_assert!(ok, "asked in vain");
            prop_assert!(!job.is_preferred_only(&rules(), now) || Some(offer.provider) == job.preferred_provider);
        }
        for (provider, reason) in &plan.passed_over {
            prop_assert!(seen.insert(*provider), "both asked and passed over, or passed over twice");
            prop_assert!(!matches!(reason, PassedOver::AlreadyAsked | PassedOver::NotPreferred));
        }
        prop_assert!(plan.next_wave_at.is_none_or(|next| now < next && next < plan.give_up_at));
        prop_assert!(now < plan.give_up_at || (plan.offers.is_empty() && plan.next_wave_at.is_none()));
    }

    #[test]
    fn radii_never_shrink(number in 0u32..1000, more in 0u32..1000) {
        let radius = |number| wave_at(number, &cleaning(), &rules(), NOON).radius_km;
        prop_assert!(radius(number) <= radius(number + more));
    }

    #[test]
    fn wave_after_wave_everybody_in_reach_is_asked_once(kms in prop::collection::vec(0.0..12.0f64, 0..50)) {
        let mut all: Vec<_> = (1u128..).zip(&kms).map(|(number, km)| cleaner(number, *km)).collect();
        let (mut number, mut due, mut asked_at_all) = (0, Some(NOON), 0);
        while let Some(now) = due {
            let plan = plan(&all, &cleaning(), number, now);
            for candidate in &mut all {
                if asked(&plan).contains(&candidate.provider) {
                    prop_assert!(!candidate.already_asked, "asked twice");
                    candidate.already_asked = true;
                    asked_at_all += 1;
                }
            }
            (number, due) = (number + 1, plan.next_wave_at);
        }
        prop_assert_eq!(number, 12, "a wave each 10 s for 120 s");
        prop_assert_eq!(asked_at_all, kms.len().min(60), "five in each of them");
    }
}
