//! The backend as the chores see it: a program that says in one line where it serves, and stops when asked.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::fs;
use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow, bail};
use serde_json::Value;

use crate::guard::{Guard, Plan};

/// Longest wait for the backend to say that it serves: it migrates an empty database first.
const START: Duration = Duration::from_secs(60);

/// Lines of the log that are shown after a failure.
const TAIL: usize = 40;

/// What stays when the backend has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// The data folder, for whoever still has to look into it.
    #[cfg(test)]
    Data,
    /// Nothing.
    Nothing,
}

/// Where the backend serves.
#[derive(Debug, PartialEq, Eq)]
pub struct Ready {
    /// The HTTP interface, as `http://address:port`.
    pub http: String,
    /// The MQTT broker, as `address:port`.
    pub mqtt: String,
}

/// A running backend; dropping it stops it.
pub struct Backend {
    /// Where it serves.
    pub ready: Ready,
    /// Its data folder.
    pub data: PathBuf,
    program: PathBuf,
    guard: Guard,
}

impl Backend {
    /// Starts `program` on the folder `data` with `settings`, as they are named in the environment, and waits until it serves.
    ///
    /// # Errors
    /// When it ends or stays silent, with the end of its log.
    pub fn start(program: &Path, data: PathBuf, keep: Keep, settings: &[(&str, &str)]) -> Result<Self> {
        let mut command: Vec<OsString> = vec!["/usr/bin/env".into()];
        command.extend(settings.iter().map(|(name, value)| format!("{name}={value}").into()));
        command.extend([program.into(), "serve".into(), "--data-dir".into(), OsString::from(&data)]);
        command.extend(["--http", "127.0.0.1:0", "--mqtt", "127.0.0.1:0"].map(OsString::from));
        let mut guard = Guard::start(Plan {
            command,
            signal: "TERM",
            folder: (keep == Keep::Nothing).then(|| data.clone()),
            log: log_of(&data),
            account: None,
        })?;
        let lines = lines(guard.take_stdout().context("the backend has no stdout")?);
        let ready = wait_until_ready(&lines).with_context(|| format!("its log ends:\n{}", tail_of(&data)))?;
        Ok(Self { ready, data, program: program.to_owned(), guard })
    }

    /// Runs another command of the backend's program on the same data, with `input` as its stdin.
    ///
    /// # Errors
    /// When it does not succeed.
    pub fn run_with_input(&self, arguments: &[&str], input: &str) -> Result<()> {
        let mut command = Command::new(&self.program);
        command.args(arguments).arg("--data-dir").arg(&self.data).stdin(Stdio::piped());
        let mut child = command.spawn().context("cannot start the backend's program")?;
        let written = child.stdin.take().context("it has no stdin")?.write_all(format!("{input}\n").as_bytes());
        let status = child.wait()?;
        if !status.success() {
            bail!("{}: {status}", arguments.join(" "));
        }
        Ok(written?)
    }

    /// All it logged.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn log(&self) -> Result<String> {
        fs::read_to_string(log_of(&self.data)).context("cannot read the backend's log")
    }

    /// The last lines it logged.
    pub fn log_tail(&self) -> String {
        tail_of(&self.data)
    }

    /// Asks it to stop, and waits.
    ///
    /// # Errors
    /// When it did not end well.
    pub fn stop(self) -> Result<()> {
        let tail = self.log_tail();
        let status = self.guard.stop()?;
        if !status.success() {
            bail!("the backend ended with {status}; before that it logged:\n{tail}");
        }
        Ok(())
    }
}

fn log_of(data: &Path) -> PathBuf {
    data.join("backend.log")
}

fn tail_of(data: &Path) -> String {
    tail(&fs::read_to_string(log_of(data)).unwrap_or_default(), TAIL)
}

fn tail(text: &str, lines: usize) -> String {
    let mut last = VecDeque::with_capacity(lines);
    for line in text.lines() {
        if last.len() == lines {
            last.pop_front();
        }
        last.push_back(line);
    }
    Vec::from(last).join("\n")
}

/// Reads lines on a thread, so that waiting for one can end. It reads on to the end, so that no writer is cut off.
fn lines(from: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            _ = sender.send(line);
        }
    });
    receiver
}

fn wait_until_ready(lines: &Receiver<String>) -> Result<Ready> {
    let line = lines.recv_timeout(START).map_err(|error| match error {
        RecvTimeoutError::Timeout => {
            anyhow!("the backend did not serve within {} s", START.as_secs())
        }
        RecvTimeoutError::Disconnected => anyhow!("the backend ended before it served"),
    })?;
    parse(&line)
}

fn parse(line: &str) -> Result<Ready> {
    let said: Value = serde_json::from_str(line).with_context(|| format!("the backend said {line:?}"))?;
    if said["ready"] != true {
        bail!("the backend is not ready: {line}");
    }
    let field = |name: &str| said[name].as_str().map(str::to_owned).with_context(|| format!("no {name} in {line}"));
    Ok(Ready { http: field("http")?, mqtt: field("mqtt")? })
}

/// Makes the admin; in a folder that was kept from an earlier time there is one already, and this fails.
pub fn make_admin(backend: &Backend, email: &str, password: &str) -> Result<()> {
    backend.run_with_input(&["admin", "create", "--email", email, "--password-stdin"], password)
}

/// 128 bits from the system, in hexadecimal.
pub fn password() -> Result<String> {
    let mut bytes = [0_u8; 16];
    fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use std::env;
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;
    use crate::folder;

    #[test]
    fn passwords_are_long_and_differ() {
        let (one, two) = (password().unwrap(), password().unwrap());
        assert_eq!(one.len(), 32);
        assert_ne!(one, two);
    }

    #[test]
    fn the_line_says_where_it_serves() {
        let line = r#"{"ready":true,"http":"http://127.0.0.1:1","mqtt":"127.0.0.1:2","mqtt_ws":"ws://127.0.0.1:3"}"#;
        let expected = Ready { http: "http://127.0.0.1:1".into(), mqtt: "127.0.0.1:2".into() };
        assert_eq!(parse(line).unwrap(), expected);
    }

    #[test]
    fn any_other_line_is_refused() {
        for line in ["", "hello", "{}", r#"{"ready":false,"http":"a","mqtt":"b"}"#, r#"{"ready":true,"http":"a"}"#] {
            assert!(parse(line).is_err(), "{line}");
        }
    }

    #[test]
    fn the_tail_is_the_last_lines_in_order() {
        assert_eq!(tail("a\nb\nc\n", 2), "b\nc");
        assert_eq!(tail("a\n", 2), "a");
        assert_eq!(tail("", 2), "");
    }

    /// A program that stands for the backend, in a folder of its own.
    fn script(text: &str) -> (PathBuf, PathBuf) {
        let folder = folder::fresh(&env::temp_dir(), "rapi-backend").unwrap();
        let program = folder.join("program");
        fs::write(&program, format!("#!/bin/sh\n{text}\n")).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        let data = folder.join("data");
        fs::create_dir(&data).unwrap();
        (program, data)
    }

    #[test]
    fn a_backend_that_dies_is_reported_with_its_log() {
        let (program, data) = script("echo 'no such thing' >&2; exit 1");
        let error = Backend::start(&program, data.clone(), Keep::Data, &[]).err().unwrap();
        let text = format!("{error:#}");
        assert!(text.contains("no such thing") && text.contains("ended before it served"), "{text}");
        fs::remove_dir_all(data.parent().unwrap()).unwrap();
    }

    #[test]
    fn a_backend_serves_takes_commands_and_stops_when_asked() {
        let (program, data) = script(
            r#"case $1 in
            serve) trap 'exit 0' TERM; echo '{"ready":true,"http":"h","mqtt":"m"}'; while :; do sleep 0.01; done ;;
            *) read -r line; echo "$line" >"$3/heard" ;;
            esac"#,
        );
        let backend = Backend::start(&program, data.clone(), Keep::Data, &[]).unwrap();
        backend.run_with_input(&["hear"], "a secret").unwrap();
        assert_eq!(fs::read_to_string(data.join("heard")).unwrap(), "a secret\n");
        backend.stop().unwrap();
        assert!(data.exists());
        fs::remove_dir_all(data.parent().unwrap()).unwrap();
    }
}
