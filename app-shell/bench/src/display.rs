//! A display that nobody looks at.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result};

/// A virtual display, gone with this value.
pub struct Display {
    server: Child,
    name: String,
}

impl Display {
    /// Opens one under a number that is free.
    ///
    /// # Errors
    /// When there is no Xvfb, or it does not start.
    pub fn open() -> Result<Self> {
        let mut server = bound("Xvfb".as_ref());
        server.args(["-displayfd", "1", "-screen", "0", "1400x900x24", "-nolisten", "tcp"]);
        let mut server = server.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().context("cannot start Xvfb")?;
        let said = server.stdout.take().context("Xvfb has an output")?;
        let mut number = String::new();
        BufReader::new(said).read_line(&mut number)?;
        let display = Self { server, name: format!(":{}", number.trim()) };
        anyhow::ensure!(display.name.len() > 1, "Xvfb names no display");
        Ok(display)
    }

    /// What `DISPLAY` has to be.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        // It may have ended by itself.
        _ = self.server.kill();
        _ = self.server.wait();
    }
}

/// A program that ends when we do, in whatever way.
pub fn bound(program: &std::ffi::OsStr) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL"]).arg(program);
    command
}
