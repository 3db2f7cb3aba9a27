//! A PostgreSQL for one run of the tests, or of the measuring: on loopback, on a free port, as somebody who is not root, gone afterwards.

use std::ffi::OsString;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use std::{env, fs, io};

use anyhow::{Context as _, Result, bail};

use crate::guard::{Account, Guard, Plan};
use crate::packages::{initdb, is_root};
use crate::{folder, wait};

/// The superuser of the throw-away server; it needs no password.
const USER: &str = "rapi";

/// Longest wait for the server to accept connections.
const START: Duration = Duration::from_secs(60);

/// Every test may hold connections of its own.
const SETTINGS: &[&str] = &["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=300", "timezone=UTC"];

/// What the server does about its disk. Nothing of it is to survive in either case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disk {
    /// It waits for no disk: for tests.
    Forgets,
    /// It is as durable as one that people rely on: for measuring.
    Waits,
}

impl Disk {
    const fn settings(self) -> &'static [&'static str] {
        match self {
            Self::Forgets => &["fsync=off", "synchronous_commit=off", "full_page_writes=off"],
            Self::Waits => &["fsync=on", "synchronous_commit=on", "shared_buffers=256MB"],
        }
    }

    /// Where the data lies. Root's own temporary folder may be closed to the account that the server runs as, and `/tmp`
    /// may be no disk at all.
    fn base(self) -> PathBuf {
        match self {
            Self::Forgets if is_root() => "/tmp".into(),
            Self::Forgets => env::temp_dir(),
            Self::Waits => "/var/tmp".into(),
        }
    }
}

/// A running server; dropping it stops it and removes its data.
pub struct Postgres {
    port: u16,
    guard: Guard,
}

impl Postgres {
    /// Makes and starts a server, and waits until it accepts connections.
    ///
    /// # Errors
    /// When there is no PostgreSQL, or with the end of what it said.
    pub fn start(disk: Disk) -> Result<Self> {
        let initdb = initdb().context("no initdb found")?;
        let account = account()?;
        let folder = folder::fresh(&disk.base(), "rapi-postgres")?;
        make_cluster(&initdb, &folder, account).inspect_err(|_| _ = fs::remove_dir_all(&folder))?;
        let port = free_port()?;
        let mut guard = Guard::start(Plan {
            command: command_line(&initdb.with_file_name("postgres"), &folder.join("data"), port, disk),
            signal: "INT",
            folder: Some(folder.clone()),
            log: folder.join("server.log"),
            account,
        })?;
        wait_for(&mut guard, &folder)?;
        Ok(Self { port, guard })
    }

    /// The process below which it runs.
    pub fn process(&self) -> u32 {
        self.guard.process()
    }

    /// Where the tests find it.
    pub fn url(&self) -> String {
        format!("postgres://{USER}@127.0.0.1:{}/postgres", self.port)
    }

    /// Stops it and removes its data.
    ///
    /// # Errors
    /// When it did not end well.
    pub fn stop(self) -> Result<()> {
        let status = self.guard.stop()?;
        if !status.success() {
            bail!("PostgreSQL ended with {status}");
        }
        Ok(())
    }
}

/// Whom the server runs as: it refuses to be root.
fn account() -> Result<Option<Account>> {
    if !is_root() {
        return Ok(None);
    }
    let passwd = fs::read_to_string("/etc/passwd")?;
    let found = ["postgres", "nobody"].iter().find_map(|name| find_account(&passwd, name));
    found.map(Some).context("root cannot run PostgreSQL, and there is neither a postgres nor a nobody account")
}

fn find_account(passwd: &str, name: &str) -> Option<Account> {
    let mut fields = passwd.lines().map(|line| line.split(':')).find(|fields| fields.clone().next() == Some(name))?;
    Some(Account { uid: fields.nth(2)?.parse().ok()?, gid: fields.next()?.parse().ok()? })
}

fn make_cluster(initdb: &Path, folder: &Path, account: Option<Account>) -> Result<()> {
    let mut command = Command::new(initdb);
    command.arg("--pgdata").arg(folder.join("data"));
    command.args(["--username", USER, "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]);
    command.current_dir("/").env("LC_ALL", "C").stdin(Stdio::null());
    if let Some(Account { uid, gid }) = account {
        chown(folder, Some(uid), Some(gid))?;
        command.uid(uid).gid(gid);
    }
    let output = command.output().context("cannot start initdb")?;
    if !output.status.success() {
        bail!("initdb: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(())
}

fn command_line(postgres: &Path, data: &Path, port: u16, disk: Disk) -> Vec<OsString> {
    let mut line: Vec<OsString> = vec![postgres.into(), "-D".into(), data.into()];
    let port = format!("port={port}");
    line.extend(SETTINGS.iter().chain(disk.settings()).copied().chain([port.as_str()]).flat_map(|setting| ["-c".into(), setting.into()]));
    line
}

/// The system picks a free port; PostgreSQL cannot ask for one itself.
fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

fn wait_for(guard: &mut Guard, folder: &Path) -> Result<()> {
    let started = wait::until(START, "the start of PostgreSQL", || {
        if let Some(status) = guard.ended()? {
            bail!("PostgreSQL ended at once: {status}");
        }
        let state = fs::read_to_string(folder.join("data/postmaster.pid")).unwrap_or_default();
        Ok(accepts_connections(&state).then_some(()))
    });
    started.with_context(|| fs::read_to_string(folder.join("server.log")).unwrap_or_default())
}

/// The server writes its state in the eighth line of `postmaster.pid`, as `pg_ctl --wait` reads it.
fn accepts_connections(postmaster_pid: &str) -> bool {
    postmaster_pid.lines().nth(7).is_some_and(|state| state.trim() == "ready")
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpStream;

    use super::*;

    #[test]
    fn an_account_is_found_by_its_whole_name() {
        let passwd = "root:x:0:0::/root:/bin/sh\nnobody2:x:7:8::/:/\nnobody:x:65534:65533::/:/\n";
        assert_eq!(find_account(passwd, "nobody"), Some(Account { uid: 65_534, gid: 65_533 }));
        assert_eq!(find_account(passwd, "postgres"), None);
    }

    #[test]
    fn a_starting_server_is_not_ready() {
        let file = |state| format!("1\n/data\n2\n3\n\n127.0.0.1\n4\n{state}\n");
        assert!(!accepts_connections(&file("starting")));
        assert!(accepts_connections(&file("ready   ")));
        assert!(!accepts_connections(""));
    }

    /// Signs in by the wire protocol 3.0: a start-up message, answered by `R` (authentication) and a zero (granted).
    #[test]
    fn the_server_lets_us_in_and_leaves_nothing_behind() {
        let server = Postgres::start(Disk::Forgets).unwrap();
        let folder = server.guard.folder().unwrap().to_owned();
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, server.port)).unwrap();
        let body = format!("\0\x03\0\0user\0{USER}\0database\0postgres\0\0");
        stream.write_all(&u32::try_from(body.len() + 4).unwrap().to_be_bytes()).unwrap();
        stream.write_all(body.as_bytes()).unwrap();
        let mut answer = [0; 9];
        stream.read_exact(&mut answer).unwrap();
        assert_eq!((answer[0], &answer[5..]), (b'R', &[0, 0, 0, 0][..]));

        drop(server);
        assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, stream.peer_addr().unwrap().port())).is_err());
        assert!(!folder.exists());
    }
}
