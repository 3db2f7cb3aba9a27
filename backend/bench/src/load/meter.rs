//! What happens in the city, second by second.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::Result;
use serde_json::Value;

use super::client::Ending;
use crate::server::Server;
use crate::stats::Latencies;
use crate::time;

/// Counts what happens; shared by everybody.
#[derive(Default)]
pub struct Meter(Mutex<Counted>);

#[derive(Default)]
struct Counted {
    /// Of this second.
    now: Second,
    /// Of all of them.
    all: Latencies,
    ordered: u64,
    endings: BTreeMap<&'static str, u64>,
    refused: u64,
    errors: BTreeMap<String, u64>,
}

/// What happened in a second.
#[derive(Default, Clone)]
pub struct Second {
    latencies: Latencies,
    ordered: u32,
    ended: u32,
    published: u32,
    received: u32,
    errors: u32,
}

/// A second as it is shown.
#[derive(Clone, Copy)]
pub struct Sample {
    /// Seconds since the beginning.
    pub at: f64,
    /// Latency of requests, milliseconds.
    pub p50: f64,
    /// Nine of ten.
    pub p90: f64,
    /// Ninety-nine of a hundred.
    pub p99: f64,
    /// Requests a second.
    pub requests: f64,
    /// Orders made a second.
    pub ordered: f64,
    /// Orders ended a second.
    pub ended: f64,
    /// Orders under way.
    pub open: f64,
    /// Batches of positions a second.
    pub published: f64,
    /// Messages that reached phones a second.
    pub received: f64,
    /// Errors a second.
    pub errors: f64,
    /// Memory of the server, MiB.
    pub memory: f64,
    /// Processor of the server, percent of one core.
    pub cpu: f64,
}

impl Meter {
    fn counted(&self) -> MutexGuard<'_, Counted> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A request was answered.
    pub fn answered(&self, took: Duration, status: u16, body: &[u8]) {
        let mut counted = self.counted();
        counted.now.latencies.add(took);
        if status == 409 {
            counted.refused += 1;
        }
        drop(counted);
        if status >= 400 && status != 409 {
            let problem: Value = serde_json::from_slice(body).unwrap_or_default();
            self.error(&format!("{status} {}", problem["code"].as_str().unwrap_or_default()));
        }
    }

    /// Something went wrong.
    pub fn error(&self, what: &str) {
        let mut counted = self.counted();
        counted.now.errors += 1;
        *counted.errors.entry(what.to_owned()).or_default() += 1;
    }

    /// An order was made.
    pub fn ordered(&self) {
        let mut counted = self.counted();
        counted.now.ordered += 1;
        counted.ordered += 1;
    }

    /// An order ended.
    pub fn ended(&self, ending: Ending) {
        let name = match ending {
            Ending::Completed => "completed",
            Ending::CalledOff => "called off",
            Ending::NoTaker => "found nobody",
            Ending::Stuck => "stuck",
        };
        let mut counted = self.counted();
        counted.now.ended += 1;
        *counted.endings.entry(name).or_default() += 1;
    }

    /// A phone published a batch that was acknowledged.
    pub fn published(&self) {
        self.counted().now.published += 1;
    }

    /// A message reached a phone.
    pub fn received(&self) {
        self.counted().now.received += 1;
    }

    fn take(&self) -> (Second, f64) {
        let mut counted = self.counted();
        let second = std::mem::take(&mut counted.now);
        counted.all.merge(&second.latencies);
        let ended: u64 = counted.endings.values().sum();
        let open = u32::try_from(counted.ordered.saturating_sub(ended)).unwrap_or(u32::MAX);
        (second, f64::from(open))
    }

    /// All of it in a few lines.
    pub fn summary(&self) -> String {
        let counted = self.counted();
        let under_way = counted.ordered.saturating_sub(counted.endings.values().sum());
        let endings = counted.endings.iter().map(|(name, count)| format!("{count} {name}"));
        let endings: Vec<String> = endings.chain([format!("{under_way} under way at the end")]).collect();
        let errors: Vec<String> = counted.errors.iter().map(|(what, count)| format!("{count} × {what}")).collect();
        let (p50, p90, p99) = (counted.all.millis(50.0), counted.all.millis(90.0), counted.all.millis(99.0));
        format!(
            "{} orders: {}.\n{} requests, p50 {p50:.1} ms, p90 {p90:.1} ms, p99 {p99:.1} ms; {} came second (409). Errors: {}.",
            counted.ordered,
            endings.join(", "),
            counted.all.count(),
            counted.refused,
            if errors.is_empty() { "none".to_owned() } else { errors.join("; ") },
        )
    }
}

/// Takes a sample each second for `time` and says what it holds.
///
/// # Errors
/// When the server ends.
#[expect(clippy::print_stdout, reason = "telling people how it goes is the job")]
pub async fn watch(meter: &Meter, server: &Server, time: Duration) -> Result<Vec<Sample>> {
    let begin = time::now();
    let (mut last, mut used) = (begin, server.cpu()?);
    let mut beat = tokio::time::interval(Duration::from_secs(1));
    let mut samples = Vec::new();
    beat.tick().await;
    while time::now() - begin < time {
        beat.tick().await;
        let (now, cpu, (second, open)) = (time::now(), server.cpu()?, meter.take());
        let sample = sample(&second, open, (now - begin).as_secs_f64(), now - last, cpu - used, server.memory());
        println!("{}", line(&sample));
        samples.push(sample);
        (last, used) = (now, cpu);
    }
    Ok(samples)
}

fn sample(second: &Second, open: f64, at: f64, time: Duration, cpu: Duration, memory: u64) -> Sample {
    let rate = |count: u32| f64::from(count) / time.as_secs_f64();
    let millis = |percent| Some(second.latencies.millis(percent)).filter(|millis| millis.is_finite()).unwrap_or_default();
    #[expect(clippy::cast_precision_loss, reason = "nobody has so much memory")]
    let memory = memory as f64 / 1024.0 / 1024.0;
    Sample {
        at,
        p50: millis(50.0),
        p90: millis(90.0),
        p99: millis(99.0),
        requests: rate(u32::try_from(second.latencies.count()).unwrap_or(u32::MAX)),
        ordered: rate(second.ordered),
        ended: rate(second.ended),
        open,
        published: rate(second.published),
        received: rate(second.received),
        errors: rate(second.errors),
        memory,
        cpu: 100.0 * cpu.as_secs_f64() / time.as_secs_f64(),
    }
}

fn line(sample: &Sample) -> String {
    let Sample { at, p50, p99, requests, ordered, open, published, received, errors, memory, cpu, .. } = sample;
    format!(
        "{at:5.0} s  orders {ordered:4.1}/s, {open:4.0} open  {requests:5.0} req/s  p50 {p50:6.1} p99 {p99:6.1} ms  \
         MQTT {published:4.0} in {received:5.0} out/s  errors {errors:3.0}  memory {memory:4.0} MiB  CPU {cpu:3.0} %"
    )
}
