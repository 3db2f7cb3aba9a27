//! A program that is measured, started for it and unable to outlive us.
//!
//! A small shell starts it and reads a pipe whose other end only we hold: when we end in whatever way, the pipe closes and the
//! shell stops the program.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use crate::process;

const SCRIPT: &str = r#"
exec 3<&0 </dev/null
"$@" 3<&- &
server=$!
exec >/dev/null
{ cat <&3; kill -s TERM "$server"; sleep 10; kill -s KILL "$server"; } 2>/dev/null &
exec 3<&-
wait "$server"; code=$?
trap '' TERM
kill -s TERM 0
exit "$code"
"#;

/// How many lines of its log an error shows.
const TAIL: usize = 15;

/// A running program; dropping it stops it and waits for its end.
pub struct Server {
    shell: Child,
    log: PathBuf,
    name: &'static str,
}

impl Server {
    /// Starts it; what it logs goes to `folder`.
    ///
    /// # Errors
    /// When there is no shell.
    pub fn start(name: &'static str, command: Vec<OsString>, folder: &Path) -> Result<Self> {
        let log = folder.join(format!("{name}.log"));
        let mut shell = Command::new("/bin/sh");
        shell.arg("-c").arg(SCRIPT).arg(name).args(command);
        shell.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(File::create(&log)?).process_group(0);
        // A setting of ours is none of theirs.
        for (variable, _) in std::env::vars().filter(|(variable, _)| variable.starts_with("RAPI_")) {
            shell.env_remove(variable);
        }
        let shell = shell.spawn().with_context(|| format!("cannot start {name}"))?;
        Ok(Self { shell, log, name })
    }

    /// The first line it says.
    ///
    /// # Errors
    /// When it ends without a word; shows its log.
    pub fn first_line(&mut self) -> Result<String> {
        let mut line = String::new();
        let stdout = self.shell.stdout.take().context("its words were read already")?;
        BufReader::new(stdout).read_line(&mut line)?;
        if line.is_empty() {
            bail!("{} ended before it served:\n{}", self.name, self.log_tail());
        }
        Ok(line)
    }

    /// Processor time so far.
    ///
    /// # Errors
    /// When it has ended.
    pub fn cpu(&self) -> Result<Duration> {
        process::cpu(self.shell.id()).with_context(|| format!("{} ended:\n{}", self.name, self.log_tail()))
    }

    /// Memory, bytes, shared parts counted in part.
    pub fn memory(&self) -> u64 {
        process::memory(self.shell.id())
    }

    fn log_tail(&self) -> String {
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(TAIL)..].join("\n")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        _ = self.shell.wait();
    }
}

/// A command line of parts of several kinds.
#[macro_export]
macro_rules! command {
    ($($part:expr),* $(,)?) => { vec![$(std::ffi::OsString::from($part)),*] };
}
