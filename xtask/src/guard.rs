//! A server that cannot outlive the chore that started it.
//!
//! A small shell starts the server and reads a pipe whose other end only the chore holds. When the chore lets go, or
//! dies in whatever way (Ctrl-C and `kill -9` included: no code of ours runs then), the pipe closes; the shell stops
//! the server, waits for it and removes its folder. It sits in a process group of its own, so that Ctrl-C reaches the
//! chore alone and the server is stopped in order.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::os::unix::process::CommandExt as _;
#[cfg(test)]
use std::path::Path;
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};

/// `$1` the signal that stops the server, `$2` the folder to remove (may be empty), then the server's command line.
/// A server that ignores the signal for 30 s is killed. The last `kill` ends the watcher and its `cat` or `sleep`.
const SCRIPT: &str = r#"
signal=$1; folder=$2; shift 2
exec 3<&0 </dev/null
"$@" 3<&- &
server=$!
exec >/dev/null
{ cat <&3; kill -s "$signal" "$server"; sleep 30; kill -s KILL "$server"; } 2>/dev/null &
exec 3<&-
wait "$server"; code=$?
trap '' TERM
kill -s TERM 0
[ -z "$folder" ] || rm -rf "$folder" 2>/dev/null
exit "$code"
"#;

/// An account of the system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Account {
    /// User id.
    pub uid: u32,
    /// Its group.
    pub gid: u32,
}

/// What to run, and how to end it.
pub struct Plan {
    /// The server and its arguments.
    pub command: Vec<OsString>,
    /// The signal it stops on, without `SIG`.
    pub signal: &'static str,
    /// Removed after the server has stopped.
    pub folder: Option<PathBuf>,
    /// Takes its stderr.
    pub log: PathBuf,
    /// Whom it runs as, when not as ourselves; needs root.
    pub account: Option<Account>,
}

/// A running server. Dropping it stops the server, waits until it has stopped, and removes its folder.
pub struct Guard {
    shell: Child,
    folder: Option<PathBuf>,
}

impl Guard {
    /// Starts the server.
    ///
    /// # Errors
    /// When its log cannot be made or no shell can be started. A server that cannot be started ends with 127.
    pub fn start(plan: Plan) -> io::Result<Self> {
        let mut shell = Command::new("/bin/sh");
        shell.arg("-c").arg(SCRIPT).arg("guard").arg(plan.signal);
        shell.arg(plan.folder.clone().unwrap_or_default()).args(plan.command);
        shell.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(File::create(plan.log)?);
        shell.current_dir("/").process_group(0);
        if let Some(account) = plan.account {
            shell.uid(account.uid).gid(account.gid);
        }
        Ok(Self { shell: shell.spawn()?, folder: plan.folder })
    }

    /// The server's stdout, the first time it is asked for.
    pub fn take_stdout(&mut self) -> Option<ChildStdout> {
        self.shell.stdout.take()
    }

    /// The process below which the server runs.
    pub fn process(&self) -> u32 {
        self.shell.id()
    }

    /// The folder that is removed with it.
    #[cfg(test)]
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// How the server ended, if it did so by itself.
    ///
    /// # Errors
    /// When the system cannot tell.
    pub fn ended(&mut self) -> io::Result<Option<ExitStatus>> {
        self.shell.try_wait()
    }

    /// Stops the server, waits for it (30 s at most, then it is killed), removes its folder, and tells how it ended.
    ///
    /// # Errors
    /// When the system cannot tell.
    pub fn stop(mut self) -> io::Result<ExitStatus> {
        self.end()
    }

    fn end(&mut self) -> io::Result<ExitStatus> {
        drop(self.shell.stdin.take());
        let status = self.shell.wait();
        if let Some(folder) = self.folder.take() {
            // The shell may have lacked the right to remove the folder itself; usually it is gone already.
            _ = fs::remove_dir_all(folder);
        }
        status
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        _ = self.end();
    }
}

#[cfg(test)]
mod tests {
    use std::env;
    use std::io::{BufRead as _, BufReader};
    use std::time::Duration;

    use super::*;
    use crate::{folder, wait};

    fn guard(script: &str, folder: &Path) -> Guard {
        Guard::start(Plan {
            command: ["sh", "-c", script].map(OsString::from).into(),
            signal: "TERM",
            folder: Some(folder.to_owned()),
            log: folder.join("log"),
            account: None,
        })
        .unwrap()
    }

    fn fresh() -> PathBuf {
        folder::fresh(&env::temp_dir(), "rapi-guard").unwrap()
    }

    fn first_line(guard: &mut Guard) -> String {
        let mut line = String::new();
        BufReader::new(guard.take_stdout().unwrap()).read_line(&mut line).unwrap();
        line.trim().to_owned()
    }

    #[test]
    fn dropping_stops_the_server_and_removes_its_folder() {
        let folder = fresh();
        let mut guard = guard("echo $$; exec sleep 1000", &folder);
        let server = PathBuf::from("/proc").join(first_line(&mut guard));
        assert!(server.exists());
        drop(guard);
        assert!(!server.exists());
        assert!(!folder.exists());
    }

    #[test]
    fn the_server_is_asked_with_its_signal_and_its_exit_code_is_told() {
        let folder = fresh();
        let mut guard = guard("trap 'exit 7' TERM; echo up; while :; do sleep 0.01; done", &folder);
        assert_eq!(first_line(&mut guard), "up");
        assert_eq!(guard.stop().unwrap().code(), Some(7));
    }

    #[test]
    fn a_server_that_ends_by_itself_is_noticed() {
        let folder = fresh();
        let mut guard = guard("exit 3", &folder);
        let status = wait::until(Duration::from_secs(60), "the end", || Ok(guard.ended()?)).unwrap();
        assert_eq!(status.code(), Some(3));
        assert!(!folder.exists());
    }

    #[test]
    fn a_server_that_does_not_exist_ends_at_once() {
        let folder = fresh();
        let mut guard = guard("exec /nonexistent/rapi", &folder);
        let status = wait::until(Duration::from_secs(60), "the end", || Ok(guard.ended()?)).unwrap();
        assert_eq!(status.code(), Some(127));
    }
}
