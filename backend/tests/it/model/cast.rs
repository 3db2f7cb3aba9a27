//! The people of a case, in the model and in the backend at once: whatever one does, both are asked.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use sea_orm::{ConnectionTrait, Statement};
use serde_json::Value;

use super::calls::{Ask, Call, KM_PER_DEGREE, Outcome, Place, Refusal};
use super::commands::{Act, Command, spot_km};
use super::views::difference;
use super::world::{MINUTE, Time, Who, World};
use crate::client::{Client, Reply};
use crate::harness::{Backend, until};

/// Holds, or says where backend and model part.
pub type Proof = Result<(), String>;

/// After so many commands everything that moved is looked at.
const LOOK_EVERY: usize = 16;

/// The people of a case.
pub struct Cast<'a> {
    pub backend: &'a Backend,
    pub people: BTreeMap<Who, Client>,
    pub world: World,
    /// How far each feed was read.
    pub seqs: BTreeMap<Who, i64>,
    /// Notices seen so far, by id.
    pub notices: HashMap<String, Value>,
    place: Place,
    sent: Vec<Call>,
    replies: HashMap<(Who, u32), Reply>,
    trace: Vec<String>,
}

/// Each case has a place of its own, out of reach of any other.
fn somewhere() -> (f64, f64) {
    static CASES: AtomicU32 = AtomicU32::new(0);
    let case = CASES.fetch_add(1, Ordering::Relaxed);
    (-9.0 + 0.5 * f64::from(case % 24), 96.0 + 0.5 * f64::from(case / 24 % 80))
}

impl<'a> Cast<'a> {
    /// New people, the providers approved and online.
    pub async fn assemble(backend: &'a Backend) -> Self {
        let (latitude, longitude) = somewhere();
        let admin = backend.admin().await;
        let provider = |number| backend.provider_at(&admin, latitude + spot_km(number, number) / KM_PER_DEGREE, longitude);
        let (one, other, first, second, third) = tokio::join!(backend.client(), backend.client(), provider(0), provider(1), provider(2));
        let categories = admin.get("categories").await.expect(200);
        let cleaning = categories.as_array().unwrap().iter().find(|category| category["slug"] == "cleaning").unwrap();
        let place = Place { latitude, longitude, cleaning: cleaning["id"].as_str().unwrap().to_owned() };
        let people = BTreeMap::from([
            (Who::Client(0), one),
            (Who::Client(1), other),
            (Who::Provider(0), first),
            (Who::Provider(1), second),
            (Who::Provider(2), third),
            (Who::Admin, admin),
        ]);
        let now = backend.now().micros();
        let world = World::begun(now, people.iter().map(|(who, client)| (*who, client.id.clone())));
        let (seqs, notices) = (BTreeMap::new(), HashMap::new());
        let (sent, replies, trace) = (Vec::new(), HashMap::new(), Vec::new());
        let mut cast = Self { backend, people, world, seqs, notices, place, sent, replies, trace };
        cast.begin_feeds().await;
        cast
    }

    /// Plays a case to its end, looking at everything now and then.
    pub async fn play(mut self, commands: &[Command]) -> Proof {
        let played = self.play_all(commands).await;
        played.map_err(|difference| {
            let last = self.trace.len().saturating_sub(40);
            format!("{difference}\nafter:\n  {}", self.trace[last..].join("\n  "))
        })
    }

    async fn play_all(&mut self, commands: &[Command]) -> Proof {
        for (number, command) in commands.iter().enumerate() {
            for act in command.acts(&self.world, &self.sent) {
                self.act(act).await?;
            }
            if number % LOOK_EVERY == LOOK_EVERY - 1 {
                self.look().await?;
            }
        }
        self.look_at_everything().await?;
        self.end().await
    }

    /// Nothing is left behind that would happen by itself in a later case.
    async fn end(&mut self) -> Proof {
        for order in 0..self.world.orders.len() {
            if !self.world.orders[order].stage.is_over() {
                self.call(Call { by: Who::Admin, ask: Ask::Cancel(order), key: None }).await?;
            }
        }
        self.pass(MINUTE).await?;
        self.look().await
    }

    pub async fn act(&mut self, act: Act) -> Proof {
        match act {
            Act::Call(call) => self.call(call).await,
            Act::Pass(span) => self.pass(span).await,
        }
    }

    /// Turns both clocks.
    pub async fn pass(&mut self, span: Time) -> Proof {
        self.trace.push(format!("{} s pass", span / super::world::SECOND));
        until_quiet(self.backend).await;
        self.backend.advance(Duration::from_micros(u64::try_from(span).unwrap()));
        self.world.pass(span);
        until_quiet(self.backend).await;
        Ok(())
    }

    /// Sends a call, and holds the answer against the model's.
    pub async fn call(&mut self, call: Call) -> Proof {
        let request = call.request(&self.world, &self.place);
        let outcome = call.expected(&mut self.world, &self.place);
        self.trace.push(format!("{:?} {:?} key {:?}: {outcome:?}", call.by, call.ask, call.key));
        let key = call.key.map(|key| format!("kunci-{key}"));
        let reply = self.people[&call.by].call(request.method, &request.path, Some(request.body), key.as_deref()).await;
        let slot = call.key.map(|key| (call.by, key));
        let heard = (reply.status, reply.body["code"].as_str().unwrap_or_default());
        match outcome {
            Outcome::Refused(Refusal(status, code)) if heard == (status, code) => {}
            Outcome::AsBefore => {
                let before = &self.replies[&slot.expect("only what has a key is kept")];
                if (reply.status, &reply.body) != (before.status, &before.body) {
                    return Err(format!("{} answers a repetition otherwise than before: {} {}", request.path, reply.status, reply.body));
                }
            }
            Outcome::Done(status, shows) if reply.status == status => {
                self.world.name(shows, reply.body["id"].as_str().unwrap_or_default());
                if let Some(difference) = difference(&self.world.shown(shows, call.by), &reply.body) {
                    return Err(format!("in the answer of {}: {difference}", request.path));
                }
                if let Some(slot) = slot {
                    self.replies.insert(slot, reply);
                }
            }
            _ => return Err(format!("{} answers {} {}, the model says {outcome:?}", request.path, reply.status, reply.body)),
        }
        self.sent.push(call);
        if self.world.run_due() {
            until_quiet(self.backend).await;
        }
        Ok(())
    }
}

/// Waits until no deadline is due and every event has its number: nothing moves until somebody asks or the clock turns.
/// A deadline and what it does are gone and there in one transaction, so one look sees both or neither.
pub async fn until_quiet(backend: &Backend) {
    let now = backend.now().micros();
    let undone =
        format!("SELECT (SELECT COUNT(*) FROM jobs WHERE due_at <= {now}) + (SELECT COUNT(*) FROM events WHERE seq IS NULL) AS undone");
    until("quiet", async || {
        let db = &backend.app().db;
        let row = db.read().query_one_raw(Statement::from_string(db.backend(), undone.clone())).await.unwrap().unwrap();
        (row.try_get::<i64>("", "undone").unwrap() == 0).then_some(())
    })
    .await;
}
