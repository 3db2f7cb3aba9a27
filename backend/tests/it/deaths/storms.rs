//! Many journeys at a time while the process dies again and again: at each of its fail points in turn, and by `kill -9` at any
//! other instant.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::future::join_all;
use rapi_backend::platform::fail_points::Point;

use super::books::Books;
use super::errands::{Pair, now};
use super::lives::{End, Life, Lives};
use super::{number, proofs};
use crate::harness::Engine;

/// Pairs who are on their journeys at the same time.
const PAIRS: u64 = 10;
/// Journeys that are made at least, in each round.
const JOURNEYS: u64 = 200;
/// A life in which a fail point waits is not longer than this.
const LONGEST_LIFE: Duration = Duration::from_secs(5);
/// A fail point that was passed by in so many lives is never passed.
const MOST_LIVES: usize = 12;

/// Searches last longer than any machine needs for this; where one has to end, its time is moved.
const SETTINGS: [(&str, &str); 3] = [
    ("RAPI_DISPATCH__WAVE_INTERVAL_SECONDS", "1"),
    ("RAPI_DISPATCH__GIVE_UP_AFTER_SECONDS", "86400"),
    ("RAPI_DEADLINES__LEASE_SECONDS", "1"),
];

/// The numbers of a run, the same again for the same seed.
struct Dice(u64);

impl Dice {
    /// Below `end` (splitmix64).
    fn roll(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }
}

/// What passes by often may be passed a while before it fails.
fn passings(point: Point) -> u64 {
    match point {
        Point::CommitBefore | Point::CommitAfter => 60,
        Point::Unanswered => 10,
        Point::RelayNumbered | Point::RelayCommitted => 15,
        Point::DeadlineClaimed | Point::DeadlineHandled => 4,
        _ => 2,
    }
}

struct Storm<'a> {
    lives: &'a Lives,
    dice: Dice,
    deaths: usize,
}

impl Storm<'_> {
    /// Lets each fail point be the death of a life, with a `kill -9` at some instant after each; then kills on until there
    /// were journeys enough.
    async fn rage(&mut self, is_calm: &AtomicBool, is_enough: impl Fn() -> bool) -> Option<Life> {
        for (name, point) in Point::ALL {
            let mut lives = 0;
            while self.live_to(name, passings(*point)).await != Some(End::FailPoint) {
                lives += 1;
                assert!(lives < MOST_LIVES, "{name} is never passed");
            }
            self.live_a_while().await;
        }
        while !is_enough() {
            self.live_a_while().await;
        }
        is_calm.store(true, Ordering::Release);
        self.lives.begin(None).await
    }

    async fn live_to(&mut self, name: &str, passings: u64) -> Option<End> {
        let plan = format!("{name}=abort@{}", 1 + self.dice.roll(passings));
        let life = self.lives.begin(Some(&plan)).await;
        let end = match life {
            Some(life) => Some(life.end_within(LONGEST_LIFE).await),
            // It died of what it found to do before it served.
            None => Some(End::FailPoint),
        };
        self.buried();
        end
    }

    async fn live_a_while(&mut self) {
        let before = now();
        let life = self.lives.begin(None).await.unwrap();
        // On a slow machine all takes longer: a life that is too short for any commit proves nothing.
        let birth = u64::try_from(now().since(before).as_millis()).unwrap();
        let end = life.end_within(Duration::from_millis(50 + self.dice.roll(900 + 2 * birth))).await;
        assert_eq!(end, End::Killed, "it died by itself");
        self.buried();
    }

    fn buried(&mut self) {
        self.deaths += 1;
        self.lives.hang_up();
    }
}

async fn nothing_is_lost_in_a_storm(engine: Engine) {
    let seed = number("RAPI_SEED", u64::from_le_bytes(rapi_backend::platform::ids::random()));
    let journeys = usize::try_from(JOURNEYS * number("RAPI_ROUNDS", 1)).unwrap();
    eprintln!("{engine:?}: RAPI_SEED={seed}");
    let lives = Lives::new(engine, &SETTINGS).await;
    let first = lives.begin(None).await.unwrap();
    let admin = lives.admin().await;
    let pairs = join_all((0..PAIRS).map(|number| Pair::settle(&lives, &admin, u32::try_from(number).unwrap()))).await;
    let books = Books::open(&lives.place).await;
    first.kill().await;

    let (is_calm, made) = (AtomicBool::new(false), AtomicUsize::new(0));
    let travel = async |pair: &Pair| {
        pair.prepare(&books).await;
        for number in 0.. {
            pair.errand(number, &books).await;
            made.fetch_add(1, Ordering::AcqRel);
            if is_calm.load(Ordering::Acquire) {
                break;
            }
        }
    };
    let everybody = join_all(pairs.iter().map(travel));
    let is_enough = || made.load(Ordering::Acquire) >= journeys;
    let mut storm = Storm { lives: &lives, dice: Dice(seed), deaths: 0 };
    let (_, last) = tokio::join!(everybody, storm.rage(&is_calm, is_enough));

    proofs::nothing_is_lost(&lives, &books, &pairs).await;
    let [asked_again, replays] = proofs::echoes(&pairs);
    let (made, kept) = (made.into_inner(), proofs::kept(&pairs));
    eprintln!(
        "{engine:?}: {made} journeys, {} deaths, {kept} acknowledged writes, {asked_again} asked again, {replays} answered again",
        storm.deaths
    );
    assert!(replays > 0, "somebody whose answer died with the process was given it when she asked again");
    books.close().await;
    last.unwrap().kill().await;
    lives.place.check_ledger();
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost_however_the_process_dies_on_sqlite() {
    nothing_is_lost_in_a_storm(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost_however_the_process_dies_on_postgres() {
    if crate::harness::has_postgres() {
        nothing_is_lost_in_a_storm(Engine::Postgres).await;
    }
}
