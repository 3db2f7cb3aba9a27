//! Where tokens are kept: a key store on phones, a file for its owner alone elsewhere.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The device cannot keep or give back the secret.
#[derive(Debug, thiserror::Error)]
#[error("the secret store failed: {0}")]
pub struct SecretStoreError(#[source] pub Box<dyn std::error::Error + Send + Sync>);

impl From<io::Error> for SecretStoreError {
    fn from(error: io::Error) -> Self {
        Self(Box::new(error))
    }
}

/// Keeps one secret. Saving is atomic and durable: after a crash either the old or the new one is there.
pub trait SecretStore: Send + Sync {
    /// The secret, if one was saved.
    ///
    /// # Errors
    /// [`SecretStoreError`] when it cannot be read.
    fn load(&self) -> Result<Option<Vec<u8>>, SecretStoreError>;

    /// Replaces the secret.
    ///
    /// # Errors
    /// [`SecretStoreError`] when it cannot be kept; the old one is still there.
    fn save(&self, secret: &[u8]) -> Result<(), SecretStoreError>;

    /// Forgets the secret.
    ///
    /// # Errors
    /// [`SecretStoreError`] when it is still there.
    fn clear(&self) -> Result<(), SecretStoreError>;
}

/// A file that only its owner can read (mode 0600 where there are modes).
#[derive(Debug)]
pub struct FileSecretStore {
    path: PathBuf,
    writing: Mutex<()>,
}

impl FileSecretStore {
    /// Keeps the secret in `path`; its folder is made when needed.
    #[must_use]
    pub const fn new(path: PathBuf) -> Self {
        Self { path, writing: Mutex::new(()) }
    }

    fn write_beside(&self, secret: &[u8]) -> io::Result<PathBuf> {
        let beside = self.path.with_extension("new");
        // A leftover of a crash may have another mode.
        absent_is_fine(fs::remove_file(&beside))?;
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&beside)?;
        file.write_all(secret)?;
        file.sync_all()?;
        Ok(beside)
    }
}

fn absent_is_fine(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// Makes a rename or removal in `folder` durable, where folders can be synced.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

impl SecretStore for FileSecretStore {
    fn load(&self) -> Result<Option<Vec<u8>>, SecretStoreError> {
        match fs::read(&self.path) {
            Ok(secret) => Ok(Some(secret)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn save(&self, secret: &[u8]) -> Result<(), SecretStoreError> {
        let _one_at_a_time = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = self.path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        fs::rename(self.write_beside(secret)?, &self.path)?;
        Ok(sync_folder(folder)?)
    }

    fn clear(&self) -> Result<(), SecretStoreError> {
        let _one_at_a_time = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(absent_is_fine(fs::remove_file(&self.path))?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_comes_back_until_it_is_cleared() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("deep").join("session.secret");
        let store = FileSecretStore::new(path.clone());
        assert_eq!(store.load().unwrap(), None);
        store.save(b"first").unwrap();
        store.save(b"second").unwrap();
        assert_eq!(FileSecretStore::new(path).load().unwrap().as_deref(), Some(b"second".as_slice()));
        store.clear().unwrap();
        store.clear().unwrap();
        assert_eq!(store.load().unwrap(), None);
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_can_read_the_file() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("session.secret");
        // A crash left a world-readable file beside it.
        fs::write(path.with_extension("new"), b"old").unwrap();
        FileSecretStore::new(path.clone()).save(b"token").unwrap();
        assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
