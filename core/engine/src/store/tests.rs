//! What was kept is there after any end of the process.

use proptest::prelude::*;
use rapi_core::Timestamp;
use rapi_core::outbox::{Effect, Input, Intent, Method, Outbox, Outcome};
use rapi_core::tracking::Checkpoint;

use super::*;

const NOW: Timestamp = Timestamp::from_micros(1_800_000_000_000_000);

fn entry(number: u128, position: u64) -> Entry {
    Entry::new(intent(number), position)
}

fn intent(number: u128) -> Intent {
    Intent {
        key: Uuid::from_u128(number),
        lane: format!("order/{}", number % 3),
        method: Method::Post,
        path: "/orders/1/accept".into(),
        body: serde_json::json!({ "number": number.to_string() }),
        occurred_at: NOW,
    }
}

#[tokio::test]
async fn everything_survives_closing_and_opening_again() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).await.unwrap();
    store.keep_entry("accept", &entry(1, 0)).await.unwrap();
    store.keep_entry("depart", &entry(2, 1)).await.unwrap();
    store.keep_entry("accept", &Entry { attempts: 3, ..entry(1, 0) }).await.unwrap();
    store.put(Slot::LastSeq, &41_i64).await.unwrap();
    store.put(Slot::Batcher, &Checkpoint::default()).await.unwrap();
    store.close().await;

    let store = Store::open(dir.path()).await.unwrap();
    let kept = store.entries().await.unwrap();
    assert_eq!(kept.iter().map(|kept| kept.what.as_str()).collect::<Vec<_>>(), ["accept", "depart"]);
    assert_eq!((kept[0].entry.attempts, &kept[1].entry), (3, &entry(2, 1)));
    assert_eq!(store.get::<i64>(Slot::LastSeq).await.unwrap(), Some(41));
    assert_eq!(store.get::<Checkpoint>(Slot::Batcher).await.unwrap(), Some(Checkpoint::default()));
    assert_eq!(store.get::<bool>(Slot::Available).await.unwrap(), None);
}

#[tokio::test]
async fn forgetting_a_person_leaves_nothing_but_the_numbering_of_batches() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).await.unwrap();
    store.keep_entry("accept", &entry(1, 0)).await.unwrap();
    store.put(Slot::Owner, &"somebody").await.unwrap();
    store.put(Slot::Batcher, &7).await.unwrap();
    store.forget_person().await.unwrap();
    assert_eq!(store.entries().await.unwrap(), []);
    assert_eq!(store.get::<String>(Slot::Owner).await.unwrap(), None);
    assert_eq!(store.get::<i32>(Slot::Batcher).await.unwrap(), Some(7));
}

#[tokio::test]
async fn a_folder_is_one_engines_alone() {
    let dir = tempfile::tempdir().unwrap();
    let first = Store::open(dir.path()).await.unwrap();
    let second = Store::open_patiently(dir.path(), Duration::ZERO).await;
    assert!(matches!(second, Err(StoreError::Database(_))));
    first.close().await;
    Store::open_patiently(dir.path(), Duration::ZERO).await.unwrap().close().await;
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_read_the_file() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).await.unwrap();
    store.put(Slot::LastSeq, &1_i64).await.unwrap();
    for file in fs::read_dir(dir.path()).unwrap() {
        let file = file.unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o077, 0, "{:?}", file.path());
    }
}

#[derive(Debug, Clone)]
enum Step {
    Ask,
    Answer,
    Online,
    Offline,
    Kill,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![4 => Just(Step::Ask), 3 => Just(Step::Answer), 2 => Just(Step::Online), 1 => Just(Step::Offline), 2 => Just(Step::Kill)]
}

/// Performs effects as the engine does, and notes the keys that are sent.
async fn perform(store: &Store, effects: Vec<Effect>, sent: &mut Vec<Uuid>) {
    for effect in effects {
        match effect {
            Effect::Persist(entry) => store.keep_entry("accept", &entry).await.unwrap(),
            Effect::Remove { key } => store.remove_entry(key).await.unwrap(),
            Effect::Send(entry) => sent.push(entry.key),
            Effect::Report { .. } => {}
        }
    }
}

async fn keys(store: &Store) -> Vec<Uuid> {
    store.entries().await.unwrap().into_iter().map(|kept| kept.entry.key).collect()
}

/// Runs `steps` and says which keys were wanted and not answered, and which are kept.
async fn live(steps: Vec<Step>) -> (Vec<Uuid>, Vec<Uuid>) {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(dir.path()).await.unwrap();
    let (mut outbox, mut sent, mut open, mut number) = (Outbox::new(), Vec::new(), Vec::new(), 0);
    for step in steps {
        let input = match step {
            Step::Ask => {
                number += 1;
                open.push(Uuid::from_u128(number));
                Input::Enqueue(intent(number))
            }
            Step::Answer => {
                let Some(key) = sent.pop() else { continue };
                open.retain(|other| *other != key);
                Input::Answered { key, outcome: Outcome::Done }
            }
            Step::Online => Input::Online,
            Step::Offline => Input::Offline,
            Step::Kill => {
                drop(store);
                store = Store::open(dir.path()).await.unwrap();
                outbox = Outbox::restore(store.entries().await.unwrap().into_iter().map(|kept| kept.entry).collect());
                Input::Tick
            }
        };
        perform(&store, outbox.handle(input, NOW), &mut sent).await;
    }
    (open, keys(&store).await)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn killing_and_opening_again_keeps_what_is_not_answered_in_its_order(steps in prop::collection::vec(step(), 1..40)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let (open, kept) = runtime.block_on(live(steps));
        prop_assert_eq!(open, kept);
    }
}
