//! Memory of a backend at rest, and of each phone that is connected.

use anyhow::Result;

use super::Bench;
use crate::backend::{Backend, Place};
use crate::mqtt::{Connection, Login};
use crate::peers::mosquitto;
use crate::people::{Crowd, Person};
use crate::report::{Bar, Comparison, Outcome};
use crate::server::Server;

const PHONES: usize = 5_000;
const AT_ONCE: usize = 50;
const MEBI: f64 = 1024.0 * 1024.0;

pub(super) async fn run(bench: &Bench<'_>) -> Result<Outcome> {
    let place = bench.place();
    let people = fill(&place).await?;
    let backend = Backend::start(&bench.args.backend, &place, &[])?;
    let idle = memory(&backend.server);
    let ours = per_phone(&backend.server, &backend.mqtt, &people).await?;
    let (server, address) = mosquitto(&bench.args.mosquitto, &bench.folder).await?;
    let theirs = per_phone(&server, &address, &people).await?;
    Ok(Outcome {
        how: format!(
            "The proportional set size of the backend's process once it serves a database of {PHONES} people and nobody has come; then with \
             {PHONES} phones connected over MQTT and subscribed to their own events, what was added divided by their number. The peer is \
             Mosquitto with the same connections and subscriptions. One round: what a process has taken it seldom gives back."
        ),
        limit: "The program itself with its embedded documents; of a phone, the buffers and tasks of its connection.".to_owned(),
        comparisons: vec![
            Comparison::alone("at rest", "MiB", Bar::Within(60.0), &[idle / MEBI])?,
            Comparison::with("a connected phone", "KiB", Bar::Within(32.0), &[ours / 1024.0], "Mosquitto", &[theirs / 1024.0])?,
        ],
        notes: Vec::new(),
        run: None,
    })
}

#[expect(clippy::cast_precision_loss, reason = "nobody has so much memory")]
fn memory(server: &Server) -> f64 {
    server.memory() as f64
}

/// What each phone adds, bytes.
async fn per_phone(server: &Server, address: &str, people: &[Person]) -> Result<f64> {
    let before = memory(server);
    let mut open = Vec::with_capacity(people.len());
    for some in people.chunks(AT_ONCE) {
        open.extend(futures_util::future::try_join_all(some.iter().map(|person| connect(address, person))).await?);
    }
    let added = memory(server) - before;
    #[expect(clippy::cast_precision_loss, reason = "thousands")]
    Ok(added / open.len() as f64)
}

async fn connect(address: &str, person: &Person) -> Result<Connection> {
    let login = Login { client: format!("{}:phone", person.id), user: person.id.to_string(), password: &person.token };
    let mut phone = Connection::open(address, &login).await?;
    phone.subscribe(&format!("u/{}/events", person.id)).await?;
    Ok(phone)
}

async fn fill(place: &Place) -> Result<Vec<Person>> {
    let app = place.open().await?;
    let mut crowd = Crowd::new(&app);
    let people = crowd.clients(PHONES).await?;
    crowd.write().await?;
    Place::close(app).await?;
    Ok(people)
}
