//! The nearest ten who may be offered an order, beside Redis, which knows only points.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Result;
use rapi_backend::app::{App, AppState};
use rapi_backend::orders;
use rapi_backend::platform::ManualClock;
use rapi_backend::platform::bus::NoBus;
use rapi_backend::settings::Settings;
use rapi_core::dispatch::Job;
use rapi_core::{Id, LatLng, Timestamp, values};
use serde_json::json;

use super::{Bench, each, in_turn};
use crate::backend::Place;
use crate::orders::{Book, Life};
use crate::peers::Redis;
use crate::people::{Crowd, Provider, Sign};
use crate::report::{Bar, Comparison, Outcome};
use crate::rows::Dice;
use crate::stats::{Latencies, micros_each, rate};
use crate::{kept, process, time};

const SIZES: [(usize, f64); 3] = [(10_000, 30.0), (100_000, 300.0), (1_000_000, 3_000.0)];
/// Monday morning in Jakarta.
const NOW: Timestamp = Timestamp::from_micros(1_795_399_200_000_000);
const ASKED: usize = 1_000;

/// What a round came to.
struct Round {
    took: Latencies,
    time: Duration,
    cpu: Duration,
}

pub(super) async fn run(bench: &Bench<'_>) -> Result<Outcome> {
    let mut redis = Redis::start(&bench.args.redis, &bench.folder).await?;
    let (mut comparisons, mut notes) = (Vec::new(), Vec::new());
    for (count, least) in SIZES.into_iter().filter(|(count, _)| *count <= bench.args.providers) {
        let place = kept::filled(&bench.args.folder, &format!("nearest-{count}"), async |place| fill(place, count).await).await?;
        let points = points(count)?;
        let begin = time::now();
        let app = open(&place).await?;
        let opened = time::now() - begin;
        let key = format!("of-{count}");
        redis.add(&key, &points).await?;
        let mut dice = Dice::new(5);
        let places: Vec<LatLng> = (0..ASKED).map(|_| points[dice.below(count)]).collect();
        // What is known of people is read once and kept: the first search around a place reads it.
        for place in &places {
            nearest(&app, *place).await?;
        }
        let [ours, theirs] = in_turn(bench.rounds(), async |side| {
            let until = time::now() + bench.stretch(1.0);
            if side == 0 {
                let before = process::own_cpu()?;
                let round = search(&places, until, async |place| nearest(&app, place).await.map(|found| found.len())).await?;
                return Ok(Round { cpu: process::own_cpu()? - before, ..round });
            }
            let before = redis.cpu()?;
            let round = search(&places, until, async |place| redis.nearest(&key, place).await).await?;
            Ok(Round { cpu: redis.cpu()? - before, ..round })
        })
        .await?;
        let rates = |rounds: &[Round]| each(rounds, |round| rate(round.took.count(), round.time));
        let median = |rounds: &[Round]| each(rounds, |round| round.took.millis(50.0) * 1_000.0);
        let cpu = |rounds: &[Round]| each(rounds, |round| micros_each(round.cpu, round.took.count()));
        let name = "Redis, GEOSEARCH";
        let what = format!("processor time of a search among {count}");
        comparisons.push(Comparison::with(&what, "µs", Bar::None, &cpu(&ours), name, &cpu(&theirs))?);
        let what = format!("searches among {count}");
        comparisons.push(Comparison::with(&what, "searches/s", Bar::AtLeast(least), &rates(&ours), name, &rates(&theirs))?);
        let what = format!("p50 of a search among {count}");
        comparisons.push(Comparison::with(&what, "µs", Bar::None, &median(&ours), name, &median(&theirs))?);
        notes.push(format!("{count} providers are in memory {:.1} s after the start.", opened.as_secs_f64()));
        Place::close(app).await?;
    }
    Ok(Outcome {
        how: "The nearest ten providers within 12 km of a place who may be offered a cash order for cleaning: approved, online, in their \
              working hours, offering it, not on a job, seen within 10 minutes, not indebted. In process, one caller. The providers are \
              clustered as a city is: kampungs and centres of Greater Jakarta, and a tenth of them anywhere; three in ten are offline, \
              one in seven is on a job, half do something else, a tenth was not seen for long, a tenth is outside her hours, some owe too \
              much. The peer is `GEOSEARCH … BYRADIUS 12 km ASC COUNT 10` over the same points, which filters nothing, over a socket of the \
              file system, one caller."
            .to_owned(),
        limit: "The walk through the tree, and a look into the roster for each person met: both miss the cache of the processor.".to_owned(),
        comparisons,
        notes,
        run: None,
    })
}

async fn open(place: &Place) -> Result<AppState> {
    let settings = Settings { data_dir: place.folder.clone(), ..Settings::default() };
    App::open(settings, Arc::new(ManualClock::at(NOW)), Arc::new(NoBus)).await
}

async fn search(places: &[LatLng], until: Instant, mut ask: impl AsyncFnMut(LatLng) -> Result<usize>) -> Result<Round> {
    let (begin, mut took) = (time::now(), Latencies::default());
    for place in places.iter().cycle() {
        let start = time::now();
        if start >= until {
            break;
        }
        ask(*place).await?;
        took.add(time::now() - start);
    }
    Ok(Round { took, time: time::now() - begin, cpu: Duration::ZERO })
}

/// The nearest ten, as the backend finds them: the one place here that knows how.
async fn nearest(app: &App, place: LatLng) -> Result<Vec<Id<values::User>>> {
    let job = Job {
        place,
        category_slug: Some("cleaning".to_owned()),
        payment_is_cash: true,
        preferred_provider: None,
        broadcast_at: NOW,
        utc_offset_minutes: 420,
    };
    Ok(orders::service::nearest_who_may_be_asked(app, &job, 10).await?)
}

/// Where the providers of a city of `count` are: the same in every run.
fn points(count: usize) -> Result<Vec<LatLng>> {
    let mut dice = Dice::new(11);
    let city = City::new(&mut dice);
    (0..count).map(|_| city.place(&mut dice)).collect()
}

/// Makes a city of `count` providers.
async fn fill(place: &Place, count: usize) -> Result<()> {
    let app = open(place).await?;
    let (mut crowd, mut dice, mut busy) = (Crowd::with(&app, Sign::Nothing), Dice::new(12), Vec::new());
    let client = crowd.client().await?;
    for place in points(count)? {
        let minutes = if dice.share() < 0.1 { 30 } else { dice.below(9) };
        let provider = Provider {
            place,
            seen: NOW - Duration::from_secs(60 * minutes as u64),
            cleans: dice.share() < 0.5,
            is_online: dice.share() < 0.7,
            hours: (dice.share() < 0.1).then(|| json!({ "mon": [{ "from": "18:00", "to": "22:00" }] })),
            balance: if dice.share() < 0.03 { -150_000 } else { 250_000 },
        };
        let person = crowd.provider(&provider).await?;
        if provider.is_online && dice.share() < 0.15 {
            busy.push(person);
        }
    }
    crowd.write().await?;
    let mut book = Book::open(&app).await?;
    for provider in &busy {
        book.add(Life::Accepted, &client, provider, NOW - Duration::from_secs(600)).await?;
    }
    book.close().await?;
    Place::close(app).await
}

/// Where people live: centres of several sizes, by weight.
struct City(Vec<(f64, f64, f64)>);

impl City {
    fn new(dice: &mut Dice) -> Self {
        Self((0..60).map(|_| (-6.45 + dice.share() * 0.38, 106.60 + dice.share() * 0.45, 0.003 + dice.share().powi(3) * 0.02)).collect())
    }

    fn place(&self, dice: &mut Dice) -> Result<LatLng> {
        if dice.share() < 0.1 {
            return Ok(LatLng::try_new(-6.60 + dice.share() * 0.6, 106.45 + dice.share() * 0.7)?);
        }
        // The square draws people to the first centres: a few are very dense.
        #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a list")]
        let centre = (dice.share().powi(2) * self.0.len() as f64) as usize;
        let (latitude, longitude, width) = self.0[centre.min(self.0.len() - 1)];
        Ok(LatLng::try_new(latitude + dice.normal() * width, longitude + dice.normal() * width)?)
    }
}
