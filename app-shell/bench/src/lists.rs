//! How long a list takes to open when there are ten thousand orders, beside the same with a hundred.

use anyhow::{Context as _, Result};
use rapi_journeys::{Display, HOME, Opening, Person, Programs, Window, World};
use rapi_measures::report::{Bar, Comparison, Outcome};
use rusqlite::Connection;
use serde_json::{Value, json};

/// Orders on either side.
const MANY: u32 = 10_000;
const FEW: u32 = 100;
/// At most so many times what the short list takes.
const TIME: Bar = Bar::AtMost(1.2);
/// How often a list is opened in a round; the quickest counts, for what a person waits for is not what else the machine does.
const TIMES: usize = 3;

/// A list in an app.
struct List {
    what: &'static str,
    /// Where the app begins.
    route: &'static str,
    /// What is pressed one after the other to get there.
    presses: &'static [&'static str],
    /// What is pressed to leave it.
    away: &'static str,
    /// A row of it.
    row: &'static str,
}

const LISTS: [List; 3] = [
    List { what: "a client's orders", route: "/orders", presses: &["Dibatalkan"], away: "Selesai", row: ".order-card" },
    List { what: "a provider's jobs", route: "/", presses: &["Pekerjaan", "Riwayat"], away: "Beranda", row: "[data-testid=jobs] .line" },
    List { what: "everybody's orders", route: "/", presses: &["Pesanan"], away: "Dasbor", row: ".table-row" },
];

/// Opens the lists of the apps beside this program, `rounds` times each.
///
/// # Errors
/// When one of them does not open.
pub fn run(display: &Display, rounds: usize) -> Result<Outcome> {
    let programs = Programs::beside_this_one()?;
    let sides = [Side::start(&programs, MANY)?, Side::start(&programs, FEW)?];
    let mut comparisons = Vec::new();
    for (place, list) in LISTS.iter().enumerate() {
        let mut windows = Vec::new();
        for side in &sides {
            windows.push(side.open(&programs, display, place, list).with_context(|| list.what)?);
        }
        let mut took = [Vec::new(), Vec::new()];
        for round in 0..rounds {
            for turn in 0..2 {
                let side = if round % 2 == 0 { turn } else { 1 - turn };
                took[side].push(opened(&mut windows[side], list).with_context(|| list.what)?);
            }
            println!("    {} {round}: {:.1} ms beside {:.1} ms", list.what, took[0][round], took[1][round]);
        }
        let [many, few] = took;
        let what = format!("{}, to the first row", list.what);
        comparisons.push(Comparison::with(&what, "ms", TIME, &many, &format!("{FEW} orders"), &few)?);
    }
    let how = format!(
        "Two backends, one with {MANY} orders and one with {FEW}, all of one client and one provider. The released apps are signed in \
         with them; a list is opened by a press, as people do. Time is from the press until the first row is drawn, by the clock of the \
         page: the call to the backend is part of it. The quickest of {TIMES} in each round counts."
    );
    let limit = "The call for the first page, and the frame in which it is drawn. Lists come page by page, and of a long one is drawn what \
        is seen.";
    Ok(Outcome { how, limit: limit.to_owned(), comparisons, notes: Vec::new(), run: None })
}

/// A backend with so many orders, and those who look at them: client, provider, admin.
struct Side {
    world: World,
    people: [Person; 3],
}

impl Side {
    fn start(programs: &Programs, orders: u32) -> Result<Self> {
        let mut world = World::start(programs, &[])?;
        let admin = world.admin("Admin")?;
        let (client, provider) = (world.client("Siti Ayu")?, world.provider("Wati Lestari", &admin)?);
        world.go_online(&provider)?;
        cancelled(&world, &client, &provider)?;
        world.lose_network();
        copy(&Connection::open(world.data().join("rapi.db"))?, orders)?;
        world.resume()?;
        Ok(Self { world, people: [client, provider, admin] })
    }

    fn open(&self, programs: &Programs, display: &Display, place: usize, list: &List) -> Result<Window> {
        let opening = Opening { route: list.route.to_owned(), ..Opening::default() };
        Window::open_for(programs, display, &self.world, &self.people[place], &opening)
    }
}

/// An order that `provider` took and `client` cancelled.
fn cancelled(world: &World, client: &Person, provider: &Person) -> Result<()> {
    let categories = world.get(client, "/categories")?;
    let cleaning = categories.as_array().into_iter().flatten().find(|one| one["slug"] == "cleaning").context("nobody cleans")?;
    let order = json!({
        "service_category_id": cleaning["id"], "description": "Dapur dan dua kamar mandi.", "service_latitude": HOME.0,
        "service_longitude": HOME.1, "service_address": "Jl. Kemang Raya 12, RT 3/RW 5", "requested_time": "2026-01-01T00:00:00Z",
        "payment_method": "CASH",
    });
    let made = world.post(Some(client), "/orders", &order)?;
    let id = made["id"].as_str().context("the order has no id")?;
    world.post(Some(provider), &format!("/orders/{id}/accept"), &Value::Null)?;
    world.post(Some(client), &format!("/orders/{id}/cancel"), &json!({ "cancellation_reason": "Tidak jadi." }))?;
    Ok(())
}

/// Copies the only order until there are `many`.
fn copy(database: &Connection, many: u32) -> Result<()> {
    database.execute_batch("BEGIN; CREATE TEMP TABLE one AS SELECT * FROM orders;")?;
    let id: Vec<u8> = database.query_row("SELECT id FROM one", [], |row| row.get(0))?;
    let mut insert = database.prepare("INSERT INTO orders SELECT * FROM one")?;
    let mut rename = database.prepare("UPDATE one SET id = ?1, order_number = ?2")?;
    for number in 1..many {
        let (kept, _) = id.split_at(id.len() - 4);
        rename.execute((&[kept, &number.to_be_bytes()].concat(), format!("COPY-{number:06}")))?;
        insert.execute([])?;
    }
    Ok(database.execute_batch("COMMIT")?)
}

/// Milliseconds from the press to the first row.
fn opened(window: &mut Window, list: &List) -> Result<f64> {
    let mut quickest = f64::INFINITY;
    for _ in 0..TIMES {
        window.tap(list.away)?;
        window.wait("another page", &format!("!document.querySelector({})", json!(list.row)))?;
        window.value(&format!("({TIMED})({}, {})", json!(list.presses), json!(list.row)))?;
        window.wait("a row", "window.tookToOpen !== null")?;
        quickest = quickest.min(window.value("window.tookToOpen")?.as_f64().context("no time came")?);
    }
    Ok(quickest)
}

/// Presses what is to be pressed, each as soon as it is there, and takes the time until the first row is drawn.
const TIMED: &str = "(presses, row) => {
    window.tookToOpen = null;
    const begin = performance.now(), left = [...presses];
    const look = () => {
        while (left.length && eyes.tap(left[0])) left.shift();
        if (left.length || !document.querySelector(row)) return;
        watch.disconnect();
        requestAnimationFrame(() => setTimeout(() => window.tookToOpen = performance.now() - begin));
    };
    const watch = new MutationObserver(look);
    watch.observe(document.body, { childList: true, subtree: true });
    look();
}";
