//! A city against one backend: clients order, providers accept, travel, work and are paid, some call off, some find nobody.
//!
//! Time is compressed (a way takes 20 s, work 10 s); everything else is as phones do it, over HTTP and MQTT.

mod chart;
mod client;
mod html;
mod meter;
mod provider;

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use clap::Args;
use rapi_core::LatLng;
use tokio::sync::{mpsc, watch};
use uuid::Uuid;

use self::meter::Meter;
use crate::backend::{Backend, Place};
use crate::http::{self, Connection};
use crate::orders::Book;
use crate::people::{Crowd, Person, Provider};
use crate::rows::Dice;

/// The city, its people and its haste.
#[derive(Args)]
pub struct LoadArgs {
    /// Orders a minute.
    #[arg(long, default_value_t = 240.0)]
    rate: f64,
    /// How long, minutes.
    #[arg(long, default_value_t = 2.0)]
    minutes: f64,
    /// Providers who are online.
    #[arg(long, default_value_t = 400)]
    providers: usize,
    /// Clients who order.
    #[arg(long, default_value_t = 600)]
    clients: usize,
    /// The released backend.
    #[arg(long)]
    backend: PathBuf,
    /// Where the page goes, on the disk that is used.
    #[arg(long)]
    folder: PathBuf,
}

/// What everybody in the city knows.
struct World {
    http: String,
    mqtt: String,
    category: Uuid,
    meter: Meter,
    /// Turns true when it is over.
    over: watch::Receiver<bool>,
}

/// Somebody who calls the API.
struct Caller {
    person: Person,
    connection: Option<Connection>,
}

/// What was answered: the status, and the body of a 2xx.
struct Said {
    status: u16,
    body: Vec<u8>,
}

impl Caller {
    const fn new(person: Person) -> Self {
        Self { person, connection: None }
    }

    async fn get(&mut self, world: &World, path: &str) -> Option<Said> {
        let request = http::get(&format!("/api/v1/{path}"), &self.person.token);
        self.call(world, &request).await
    }

    async fn post(&mut self, world: &World, path: &str, body: &str) -> Option<Said> {
        let request = http::post(&format!("/api/v1/{path}"), &self.person.token, body);
        self.call(world, &request).await
    }

    async fn put(&mut self, world: &World, path: &str, body: &str) -> Option<Said> {
        let request = http::put(&format!("/api/v1/{path}"), &self.person.token, body);
        self.call(world, &request).await
    }

    /// Calls and counts; `None` when there was no answer. A 409 is the fate of whoever comes second.
    async fn call(&mut self, world: &World, request: &[u8]) -> Option<Said> {
        let begin = crate::time::now();
        let heard = async {
            let connection = match &mut self.connection {
                Some(connection) => connection,
                closed => closed.insert(Connection::open(&world.http).await?),
            };
            let answer = connection.call(request).await?;
            anyhow::Ok(Said { status: answer.status, body: answer.body.to_vec() })
        };
        match heard.await {
            Ok(said) => {
                world.meter.answered(crate::time::now() - begin, said.status, &said.body);
                Some(said)
            }
            Err(error) => {
                self.connection = None;
                world.meter.error(&format!("no answer: {error}"));
                None
            }
        }
    }
}

/// Runs the city and writes the page.
///
/// # Errors
/// When the backend cannot be started or the page not be written.
#[expect(clippy::print_stdout, reason = "telling people how it goes is the job")]
pub async fn run(args: &LoadArgs) -> Result<()> {
    let place = Place { folder: args.folder.join("data"), database: None };
    _ = fs::remove_dir_all(&place.folder);
    fs::create_dir_all(&place.folder)?;
    let (clients, providers, category) = people(&place, args).await?;
    let backend = Backend::start(&args.backend, &place, &[("RAPI_DISPATCH__GIVE_UP_AFTER_SECONDS", "30")])?;
    let (end, over) = watch::channel(false);
    let (http, mqtt) = (backend.http.clone(), backend.mqtt.clone());
    let world = Arc::new(World { http, mqtt, category, meter: Meter::default(), over });
    for (number, (provider, home)) in (0..).zip(providers) {
        tokio::spawn(provider::live(Arc::clone(&world), provider, home, Dice::new(1_000 + number)));
    }
    let (idle, waiting) = mpsc::unbounded_channel();
    for (number, client) in (0..).zip(clients) {
        idle.send(client::Client::new(client, Dice::new(9_000_000 + number)))?;
    }
    tokio::spawn(order(Arc::clone(&world), args.rate / 60.0, idle, waiting));

    let samples = meter::watch(&world.meter, &backend.server, Duration::from_secs_f64(60.0 * args.minutes)).await?;
    end.send(true)?;
    let file = args.folder.join("index.html");
    fs::write(&file, html::page(args, &samples, &world.meter))?;
    println!("\n{}", world.meter.summary());
    println!("the page is {}", file.display());
    drop(backend);
    _ = fs::remove_dir_all(&place.folder);
    Ok(())
}

/// Sends clients to order, as they come: independently of each other (Poisson).
async fn order(
    world: Arc<World>,
    per_second: f64,
    idle: mpsc::UnboundedSender<client::Client>,
    mut waiting: mpsc::UnboundedReceiver<client::Client>,
) {
    let mut dice = Dice::new(42);
    let mut next = tokio::time::interval(Duration::from_secs(1));
    while !*world.over.borrow() {
        next.reset_after(Duration::from_secs_f64(-(1.0 - dice.share()).ln() / per_second));
        next.tick().await;
        let Ok(mut client) = waiting.try_recv() else {
            world.meter.error("every client is busy: more --clients");
            continue;
        };
        let (world, idle) = (Arc::clone(&world), idle.clone());
        tokio::spawn(async move {
            client.order(&world).await;
            // Nobody listens when it is over.
            _ = idle.send(client);
        });
    }
}

type People = (Vec<Person>, Vec<(Person, LatLng)>, Uuid);

async fn people(place: &Place, args: &LoadArgs) -> Result<People> {
    let app = place.open().await?;
    let (mut crowd, mut dice) = (Crowd::new(&app), Dice::new(7));
    let clients = crowd.clients(args.clients).await?;
    let mut providers = Vec::with_capacity(args.providers);
    for _ in 0..args.providers {
        let home = home(&mut dice)?;
        providers.push((crowd.provider(&Provider::at(home, app.now())).await?, home));
    }
    crowd.write().await?;
    let category = Book::open(&app).await?.category();
    Place::close(app).await?;
    Ok((clients, providers, category))
}

/// Somewhere in Jakarta, more likely in the middle.
fn home(dice: &mut Dice) -> Result<LatLng> {
    Ok(LatLng::try_new(-6.24 + dice.normal() * 0.05, 106.82 + dice.normal() * 0.05)?)
}
