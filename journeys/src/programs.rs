//! Where the programs are, and where pictures go.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

use crate::Role;

/// The folder of the built programs.
#[derive(Debug, Clone)]
pub struct Programs(PathBuf);

impl Programs {
    /// Beside the program that runs: tests lie one folder deeper than what they try.
    ///
    /// # Errors
    /// When a program has not been built.
    pub fn beside_this_one() -> Result<Self> {
        let this = env::current_exe().context("this program does not know where it is")?;
        let folder = this.ancestors().skip(1).find(|folder| folder.join("rapi-backend").exists());
        let found = Self(folder.context("rapi-backend has not been built: run `cargo xtask test`, which builds what it needs")?.to_owned());
        for role in [Role::Client, Role::Provider, Role::Admin] {
            ensure!(found.app(role).exists(), "{} has not been built", found.app(role).display());
        }
        Ok(found)
    }

    /// The backend.
    #[must_use]
    pub fn backend(&self) -> PathBuf {
        self.0.join("rapi-backend")
    }

    /// The app for people of this role.
    #[must_use]
    pub fn app(&self, role: Role) -> PathBuf {
        self.0.join(format!("rapi-{}-app", role.slug()))
    }
}

/// `target/screens`, where a picture of each screen is kept.
#[must_use]
pub fn screens_folder() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screens");
    env::var_os("CARGO_TARGET_DIR").map_or(own, |target| PathBuf::from(target).join("screens"))
}
