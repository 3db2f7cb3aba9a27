//! A Python of our own below the target folder, with the one tool that only Python has.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::cargo;

/// What is installed, to the version: a newer one may find more, and then it is made newer here.
const SCHEMATHESIS: &str = "schemathesis==4.32.5";

/// The programs of that Python.
pub struct Python {
    bin: PathBuf,
}

impl Python {
    /// Finds it as it was left, or makes it anew.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn ensure() -> Result<Self> {
        let home = cargo::target_directory()?.join("python");
        let (bin, mark) = (home.join("bin"), home.join("holds"));
        if !is_marked(&mark) {
            _ = fs::remove_dir_all(&home);
            cargo::run(Command::new("python3").args(["-m", "venv"]).arg(&home))?;
            let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", SCHEMATHESIS];
            cargo::run(Command::new(bin.join("python")).args(install))?;
            fs::write(&mark, SCHEMATHESIS).with_context(|| format!("cannot write {}", mark.display()))?;
        }
        Ok(Self { bin })
    }

    /// A program of it.
    pub fn program(&self, name: &str) -> Command {
        let mut program = Command::new(self.bin.join(name));
        program.env("PYTHONDONTWRITEBYTECODE", "1");
        program
    }
}

fn is_marked(mark: &Path) -> bool {
    fs::read_to_string(mark).is_ok_and(|held| held == SCHEMATHESIS)
}
