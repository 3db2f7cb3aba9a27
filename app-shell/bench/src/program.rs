//! A program with a window, from its start to its first useful screen.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use rapi_journeys::{Display, Inspector};
use rapi_measures::{now, process};

/// Longest wait for a screen.
const LIMIT: Duration = Duration::from_secs(30);
/// Time between two looks.
const PAUSE: Duration = Duration::from_millis(3);
/// Until what a start needs only once is given back.
const SETTLE: Duration = Duration::from_millis(1_500);
/// The page asks for something: a welcome, or a form.
const USEFUL: &str = "document.querySelector('#main button') !== null";

/// What is pressed is done. A page of ours comes with its first screen, and remembers what is pressed until then.
const ANSWERS: &str = "document.querySelector('.app') === null || document.querySelector('#main [data-dioxus-id]') !== null";

/// What is started, and how.
pub struct Program {
    path: PathBuf,
    arguments: Vec<OsString>,
}

/// What was seen of one start.
pub struct Seen {
    /// Until the first useful screen.
    pub took: Duration,
    /// Until it does what is pressed.
    pub answers: Duration,
    /// Processor time until then, of the process and all below it.
    pub cpu: Duration,
    /// Bytes of memory of the process and all below it, a little later.
    pub memory: u64,
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} ms ({} ms), {} ms of processors, {} MiB",
            self.took.as_millis(),
            self.answers.as_millis(),
            self.cpu.as_millis(),
            self.memory / 1024 / 1024
        )
    }
}

impl Program {
    /// `path` with `arguments`.
    pub fn new(path: &Path, arguments: impl IntoIterator<Item = OsString>) -> Self {
        Self { path: path.to_owned(), arguments: arguments.into_iter().collect() }
    }

    /// Starts it on `display`, looks, and ends it.
    ///
    /// # Errors
    /// When it shows nothing useful.
    pub fn start(&self, display: &Display) -> Result<Seen> {
        let port = free()?;
        let mut command = bound(self.path.as_os_str());
        command.args(&self.arguments).env("DISPLAY", display.name()).env("NO_AT_BRIDGE", "1").env_remove("WAYLAND_DISPLAY");
        command.env("WEBKIT_INSPECTOR_HTTP_SERVER", format!("127.0.0.1:{port}"));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
        let begin = now();
        let mut running = Running(command.spawn().with_context(|| format!("cannot start {}", self.path.display()))?);
        let mut page = None;
        let shows = || format!("{} does not come", self.path.display());
        running.wait(&mut page, begin, port, USEFUL).with_context(shows)?;
        let (took, cpu) = (now() - begin, process::cpu(running.0.id())?);
        running.wait(&mut page, begin, port, ANSWERS).with_context(shows)?;
        let answers = now() - begin;
        drop(page);
        thread::sleep(SETTLE);
        Ok(Seen { took, answers, cpu, memory: process::memory(running.0.id()) })
    }
}

/// A group of processes, gone with this value.
struct Running(Child);

impl Running {
    /// Asks the `page`, once there is one at `port`, until `what` is so.
    fn wait(&mut self, page: &mut Option<Inspector>, begin: Instant, port: u16, what: &str) -> Result<()> {
        loop {
            if now() - begin > LIMIT {
                bail!("nothing useful within {} s", LIMIT.as_secs());
            }
            if let Some(status) = self.0.try_wait()? {
                bail!("ended: {status}");
            }
            // Refusals are as normal as a page without an answer, for as long as it starts.
            *page = page.take().or_else(|| Inspector::connect(port).ok());
            match page.as_mut().map(|page| page.evaluate(what)) {
                Some(Ok(is_so)) if is_so == true => return Ok(()),
                Some(Err(_)) => *page = None,
                Some(Ok(_)) | None => {}
            }
            thread::sleep(PAUSE);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // WebKit's processes end with the one they serve; those that do not are of its group.
        let group = format!("-{}", self.0.id());
        _ = Command::new("kill").args(["-s", "KILL", "--", &group]).stderr(Stdio::null()).status();
        _ = self.0.wait();
    }
}

/// A port that nobody listens at.
fn free() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

/// A program that ends when we do, in whatever way.
fn bound(program: &OsStr) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL"]).arg(program);
    command
}
