//! pgbench, PostgreSQL's own benchmark, with its transaction "like TPC-B".

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use sea_orm::{ConnectionTrait as _, Database};

use crate::process;

/// A database of pgbench's on the server.
pub struct Pgbench {
    program: PathBuf,
    url: String,
    root: u32,
}

/// What a run came to.
pub struct Run {
    /// Transactions a second.
    pub rate: f64,
    /// Processor time of the server for all of them.
    pub cpu: Duration,
    /// How many there were.
    pub count: u64,
}

impl Pgbench {
    /// Fills a database of scale 16 on the server at `url`, whose processes are below `root`.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn prepare(program: &Path, url: &str, root: u32) -> Result<Self> {
        let url = fresh_database(url, "pgbench").await?;
        let made = Self { program: program.to_owned(), url, root };
        made.run(&["-i", "-s", "16", "-q"])?;
        Ok(made)
    }

    /// Runs for `time`.
    ///
    /// # Errors
    /// When pgbench does.
    pub fn measure(&self, time: Duration) -> Result<Run> {
        let before = process::cpu(self.root)?;
        let seconds = time.as_secs().max(1).to_string();
        let said = self.run(&["-c", "16", "-j", "2", "-M", "prepared", "-T", &seconds])?;
        let number = |label: &str| said.lines().find_map(|line| line.strip_prefix(label)?.split_whitespace().next()?.parse::<f64>().ok());
        let rate = number("tps = ").with_context(|| said.clone())?;
        let count = number("number of transactions actually processed: ").with_context(|| said.clone())?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
        Ok(Run { rate, cpu: process::cpu(self.root)? - before, count: count as u64 })
    }

    fn run(&self, arguments: &[&str]) -> Result<String> {
        let output = Command::new(&self.program).args(arguments).arg(&self.url).output().context("cannot start pgbench")?;
        if !output.status.success() {
            bail!("pgbench: {}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(String::from_utf8(output.stdout)?)
    }
}

/// Makes an empty database on the server; returns its URL.
///
/// # Errors
/// When the server refuses.
pub async fn fresh_database(server: &str, name: &str) -> Result<String> {
    let admin = Database::connect(server).await?;
    admin.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name}")).await?;
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await?;
    admin.close().await?;
    let (base, _) = server.rsplit_once('/').context("a URL without a database")?;
    Ok(format!("{base}/{name}"))
}
