//! A virtual display.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, ensure};

/// A display that nobody sees, or the one of this computer. A virtual one ends when this is dropped.
#[derive(Debug)]
pub struct Display {
    name: String,
    server: Option<Child>,
}

impl Display {
    /// Starts a display of its own, on a number that is free.
    ///
    /// # Errors
    /// When Xvfb is not installed or does not start.
    pub fn start() -> Result<Self> {
        let mut command = Command::new("Xvfb");
        command.args(["-displayfd", "1", "-screen", "0", "1920x1200x24", "-nolisten", "tcp", "-noreset"]);
        let mut server =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().context("Xvfb (package xvfb)")?;
        let mut line = String::new();
        BufReader::new(server.stdout.take().context("Xvfb has no stdout")?).read_line(&mut line)?;
        ensure!(!line.trim().is_empty(), "Xvfb did not start");
        Ok(Self { name: format!(":{}", line.trim()), server: Some(server) })
    }

    /// The display of this computer, if it has one.
    #[must_use]
    pub fn of_this_computer() -> Option<Self> {
        std::env::var("DISPLAY").ok().filter(|name| !name.is_empty()).map(|name| Self { name, server: None })
    }

    /// Its name, as programs are told it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        if let Some(server) = &mut self.server {
            let _ = server.kill();
            let _ = server.wait();
        }
    }
}
