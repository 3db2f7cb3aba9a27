//! Opens the three apps, signed in as demo people, and plays an order in them.
#![expect(clippy::print_stdout, reason = "telling people what happens is the job of a demo")]

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::Parser;
use rapi_journeys::{Display, HOME, Opening, Person, Programs, Window, World, screens_folder};
use serde_json::Value;

/// Plays one order in the real apps. On this computer's display where there is one, else in a virtual one that leaves pictures.
#[derive(Parser)]
struct Args {
    /// Keep the backend's data and the apps' folders here; without it they go when the demo is over.
    #[arg(long)]
    data_dir: Option<PathBuf>,
    /// Use a virtual display even where there is another.
    #[arg(long)]
    unseen: bool,
}

fn main() -> Result<()> {
    let args = Args::parse();
    let programs = Programs::beside_this_one()?;
    let own = Display::of_this_computer().filter(|_| !args.unseen);
    let is_seen = own.is_some();
    let display = own.map_or_else(Display::start, Ok)?;
    let world = World::start_in(&programs, args.data_dir.as_deref(), &[])?;
    say(&format!("The backend serves at {}", world.http()));

    let admin = world.admin("Admin")?;
    let siti = world.client("Siti Ayu")?;
    let wati = world.provider("Wati Lestari", &admin)?;
    say("Siti is a client, Wati a provider whose papers the admin has approved");
    let mut floor = open(&programs, &display, &world, &admin, &Opening::default())?;
    let mut client = open(&programs, &display, &world, &siti, &Opening::default())?;
    let beside = Opening { position: Some((HOME.0 - 0.006, HOME.1 + 0.006)), speed: 30.0, ..Opening::default() };
    let mut provider = open(&programs, &display, &world, &wati, &beside)?;
    say("Three apps are open and signed in");

    play(&mut client, &mut provider, &mut floor)?;
    receipt(&mut client)?;
    let books = world.check_books()?;
    say(&format!("The books balance: {} journals sum to {}", books["journals"], books["sum"]));
    if is_seen {
        say("The apps stay open; press Enter to end the demo");
        std::io::stdin().read_line(&mut String::new())?;
    } else {
        say(&format!("Pictures of the screens: {}", screens_folder().join("index.html").display()));
    }
    Ok(())
}

fn open(programs: &Programs, display: &Display, world: &World, person: &Person, opening: &Opening) -> Result<Window> {
    Window::open_for(programs, display, world, person, opening)
}

/// One order, from the wish to the stars.
fn play(client: &mut Window, provider: &mut Window, floor: &mut Window) -> Result<()> {
    provider.tap("Sedang luring")?;
    provider.wait("being online", "document.querySelector('[role=switch]').getAttribute('aria-checked') === 'true'")?;
    say("Wati goes online");
    client.tap("Bersih rumah")?;
    client.fill("description", "Dapur dan dua kamar mandi, ada kucing.")?;
    client.show("demo-1-order")?;
    client.tap("Cari penyedia")?;
    client.see("Mencari penyedia")?;
    say("Siti asks for a cleaner");
    provider.see("Pesanan baru")?;
    provider.show("demo-2-offer")?;
    provider.tap("Terima")?;
    client.see("Wati menerima")?;
    say("Wati gets the offer and accepts");
    provider.slide("Berangkat")?;
    client.see("Langsung")?;
    client.show("demo-3-on-the-way")?;
    floor.show("demo-4-floor")?;
    say("Wati travels; Siti follows her on the map");
    provider.slide("Telah Sampai")?;
    client.see("sudah tiba")?;
    provider.slide("Mulai Bekerja")?;
    client.see("Sedang bekerja")?;
    client.show("demo-5-working")?;
    say("Wati has arrived and works by the clock");
    provider.slide("Selesai")?;
    client.see("Total tagihan")?;
    provider.tap("Tunai diterima")?;
    provider.tap("Ya, diterima")?;
    client.see("Lunas")?;
    say("The work is done, and paid in cash");
    client.tap("5 bintang")?;
    client.tap("Kirim nilai")?;
    client.see("Pesan lagi")?;
    client.show("demo-6-done")?;
    provider.see("Penilaian klien")?;
    provider.show("demo-7-rated")?;
    say("Siti gives five stars");
    Ok(())
}

/// Prints what stands on the client's receipt.
fn receipt(client: &mut Window) -> Result<()> {
    let lines = client.value("[...document.querySelectorAll('.value-line')].map(line => line.innerText.replace(/\\s*\\n\\s*/g, '  '))")?;
    let lines = lines.as_array().context("there is no receipt")?;
    for line in lines.iter().filter_map(Value::as_str) {
        println!("      {line}");
    }
    Ok(())
}

fn say(step: &str) {
    println!("  · {step}");
}
