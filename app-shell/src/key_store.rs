//! Where the session is kept: in the system's key store where there is one that answers, and in the file for its owner alone where not.
//!
//! The file, while there is one, is the newer truth: it is written only when the key store failed. An empty one says that
//! nobody is signed in, whatever an unreachable key store still holds.

mod system;

use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use clap::ValueEnum;
use rapi_engine::{SecretStore, SecretStoreError};

pub use system::system;

/// Longest wait for a key store: one that asks its owner for a password is taken as locked.
const PATIENCE: Duration = Duration::from_secs(2);

/// Where secrets are to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Secrets {
    /// In a file that only its owner can read.
    File,
    /// In the system's key store, or in the file where there is none.
    System,
}

/// Why a key store did not do what it was asked.
type Refused = Box<dyn std::error::Error + Send + Sync>;

/// One entry of a key store. Each call may take as long as a person needs to type a password.
pub trait Keys: Send + Sync + 'static {
    /// What it holds.
    fn get(&self) -> Result<Option<Vec<u8>>, Refused>;
    /// Makes it hold `secret`.
    fn set(&self, secret: &[u8]) -> Result<(), Refused>;
    /// Makes it hold nothing.
    fn forget(&self) -> Result<(), Refused>;
}

/// A key store with a file to fall back upon.
pub struct KeyStore {
    /// `None` once it failed: a process that lost its key store keeps to the file.
    keys: Mutex<Option<Arc<dyn Keys>>>,
    file: Arc<dyn SecretStore>,
    patience: Duration,
}

impl KeyStore {
    /// Keeps secrets in `keys`, if there are any, else in `file`; what is in the file moves to the keys.
    pub fn open(keys: Option<Arc<dyn Keys>>, file: Arc<dyn SecretStore>) -> Self {
        Self::with_patience(keys, file, PATIENCE)
    }

    fn with_patience(keys: Option<Arc<dyn Keys>>, file: Arc<dyn SecretStore>, patience: Duration) -> Self {
        let store = Self { keys: Mutex::new(keys), file, patience };
        if let Err(error) = store.move_in() {
            eprintln!("the session stays in its file: {error}");
        }
        store
    }

    /// What the file holds goes to the keys, and only when it is there the file goes.
    fn move_in(&self) -> Result<(), SecretStoreError> {
        let Some(secret) = self.file.load()? else { return Ok(()) };
        let moved = if secret.is_empty() { self.forget() } else { self.set(secret) };
        if moved { self.file.clear() } else { Ok(()) }
    }

    /// Do the keys hold `secret` now?
    fn set(&self, secret: Vec<u8>) -> bool {
        let is_there = self.ask(move |keys| {
            keys.set(&secret)?;
            Ok(keys.get()?.is_some_and(|kept| kept == secret))
        });
        is_there == Some(true)
    }

    /// Do the keys hold nothing now?
    fn forget(&self) -> bool {
        self.ask(Keys::forget).is_some()
    }

    /// The answer of the keys; `None` when there are none, they refuse, or do not answer in time. Whoever did not answer
    /// once is not asked again, for an answer that comes late may undo a later one.
    fn ask<T: Send + 'static>(&self, question: impl FnOnce(&dyn Keys) -> Result<T, Refused> + Send + 'static) -> Option<T> {
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        let asked = keys.clone()?;
        let (say, hear) = mpsc::channel();
        let thread = thread::Builder::new().name("key store".to_owned()).spawn(move || {
            // Nobody listens any more when it took too long.
            _ = say.send(question(&*asked));
        });
        let answer = match thread {
            Ok(_) => hear.recv_timeout(self.patience).unwrap_or_else(|_| Err("it does not answer".into())),
            Err(error) => Err(error.into()),
        };
        match answer {
            Ok(answer) => Some(answer),
            Err(error) => {
                eprintln!("the system's key store cannot be used, a file takes its place: {error}");
                *keys = None;
                None
            }
        }
    }
}

impl SecretStore for KeyStore {
    fn load(&self) -> Result<Option<Vec<u8>>, SecretStoreError> {
        match self.file.load()? {
            Some(secret) => Ok(Some(secret).filter(|secret| !secret.is_empty())),
            None => Ok(self.ask(Keys::get).flatten()),
        }
    }

    fn save(&self, secret: &[u8]) -> Result<(), SecretStoreError> {
        if self.set(secret.to_vec()) { self.file.clear() } else { self.file.save(secret) }
    }

    fn clear(&self) -> Result<(), SecretStoreError> {
        if self.forget() { self.file.clear() } else { self.file.save(&[]) }
    }
}

#[cfg(test)]
mod tests;
