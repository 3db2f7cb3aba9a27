//! How long the apps take to their first useful screen, beside an empty window.

use std::path::Path;

use anyhow::{Context as _, Result};
use rapi_journeys::Display;
use rapi_measures::report::{Bar, Comparison, Outcome};

use crate::program::{Program, Seen};

const MEBI: f64 = 1024.0 * 1024.0;

/// At most so many times what the bare window takes.
const TIME: Bar = Bar::AtMost(1.15);
const MEMORY: Bar = Bar::AtMost(1.25);

/// An app and the size of its window.
const APPS: [(&str, &str); 3] = [("client", "390x780"), ("provider", "390x780"), ("admin", "1280x800")];

/// Starts the apps in `programs`, `rounds` times each.
///
/// # Errors
/// When one of them shows nothing.
pub fn run(programs: &Path, display: &Display, rounds: usize) -> Result<Outcome> {
    let folder = tempfile::tempdir()?;
    let mut comparisons = Vec::new();
    for (app, size) in APPS {
        let home = folder.path().join(app);
        let options = ["--api", "http://127.0.0.1:9", "--window", size, "--secrets", "file", "--data-dir"].map(Into::into);
        let ours = Program::new(&programs.join(format!("rapi-{app}-app")), options.into_iter().chain([home.into_os_string()]));
        let bare = Program::new(&programs.join("examples/bare"), [size.into()]);
        comparisons.extend(compare(app, [&ours, &bare], display, rounds).with_context(|| format!("{app} cannot be measured"))?);
    }
    Ok(Outcome { how: HOW.to_owned(), limit: LIMIT.to_owned(), comparisons, notes: Vec::new(), run: None })
}

const HOW: &str = "The released apps, each started into a virtual display with its data folder as an earlier start left it and no \
    backend to reach, beside a window of the same size and the same libraries whose page is one button, every other round the other way \
    round. Time is from the start of the process until WebKit's remote inspector finds a button on the page, asked every few \
    milliseconds; that what is pressed is done at once is a little later, and is told beside it: until then the page remembers what \
    is pressed or typed. Processor time is what the process and all below it used until then; memory is their proportional set size 1.5 s later, \
    with the inspector gone. Pages of WebKit that other programs on the machine share count less, for both. Each was started once \
    before, unmeasured.";

const LIMIT: &str = "WebKit and its processes, which both have. Of ours: the type and the rules of every screen, read before the first. The \
    first screen is drawn beside the window that opens, and comes with the page; the engine opens meanwhile. Leaflet and its rules come \
    with the first map.";

/// Processor time, time and memory of the first beside the second.
fn compare(app: &str, sides: [&Program; 2], display: &Display, rounds: usize) -> Result<[Comparison; 4]> {
    for side in sides {
        side.start(display)?;
    }
    let mut seen: [Vec<Seen>; 2] = [Vec::new(), Vec::new()];
    for round in 0..rounds {
        for place in 0..2 {
            let side = if round % 2 == 0 { place } else { 1 - place };
            seen[side].push(sides[side].start(display)?);
        }
        let [ours, bare] = &seen;
        println!("    {app} {round}: {} beside {}", ours[round], bare[round]);
    }
    let of = |number: fn(&Seen) -> f64| seen.each_ref().map(|rounds| rounds.iter().map(number).collect::<Vec<f64>>());
    let [answers, bare_answers] = of(|seen| seen.answers.as_secs_f64() * 1e3);
    let [time, bare_time] = of(|seen| seen.took.as_secs_f64() * 1e3);
    #[expect(clippy::cast_precision_loss, reason = "nobody has so much memory")]
    let [memory, bare_memory] = of(|seen| seen.memory as f64 / MEBI);
    let [cpu, bare_cpu] = of(|seen| seen.cpu.as_secs_f64() * 1e3);
    Ok([
        Comparison::with(&format!("{app}, processor time to the first screen"), "ms", Bar::None, &cpu, "bare window", &bare_cpu)?,
        Comparison::with(&format!("{app}, to the first screen"), "ms", TIME, &time, "bare window", &bare_time)?,
        Comparison::with(&format!("{app}, until it does what is pressed"), "ms", Bar::None, &answers, "bare window", &bare_answers)?,
        Comparison::with(&format!("{app}, memory"), "MiB", MEMORY, &memory, "bare window", &bare_memory)?,
    ])
}
