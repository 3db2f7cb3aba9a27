//! Files people upload: a folder by default, an object store by configuration.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use object_store::local::LocalFileSystem;
use object_store::path::Path as ObjectPath;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};

use super::fail_points::{self, MadeToFail, Point};

/// Stands in the store's names for files that are still being written.
const UNFINISHED: char = '#';

/// Keeps bytes by name.
#[derive(Clone)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    folder: PathBuf,
}

impl Files {
    /// Files in `folder`, which is made.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn in_folder(folder: &Path) -> anyhow::Result<Self> {
        std::fs::create_dir_all(folder)?;
        // What is acknowledged is on the disk, not in the memory of a machine that may lose its power.
        let store = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
        Ok(Self { store: Arc::new(store), folder: folder.to_path_buf() })
    }

    /// Writes a whole file; it is there completely or not at all.
    ///
    /// # Errors
    /// When the store refuses, for example because the disk is full.
    pub async fn put(&self, name: &str, bytes: Vec<u8>) -> Result<(), object_store::Error> {
        let failed = |cause: MadeToFail| object_store::Error::Generic { store: "folder", source: Box::new(cause) };
        fail_points::pass_with(Point::FileHalf, || self.write_half(name, &bytes)).map_err(failed)?;
        self.store.put(&ObjectPath::from(name), PutPayload::from(bytes)).await?;
        fail_points::pass(Point::FileWritten).map_err(failed)
    }

    /// Leaves what a death in the middle of [`Files::put`] leaves: half of the bytes, under the store's name for unfinished files.
    fn write_half(&self, name: &str, bytes: &[u8]) {
        let unfinished = self.folder.join(format!("{name}{UNFINISHED}1"));
        // A first file has no folder yet; then there is nothing to leave.
        let _ = std::fs::write(unfinished, &bytes[..bytes.len() / 2]);
    }

    /// Takes a file away; one that is not there is gone already.
    ///
    /// # Errors
    /// When the store refuses.
    pub async fn remove(&self, name: &str) -> Result<(), object_store::Error> {
        match self.store.delete(&ObjectPath::from(name)).await {
            Err(object_store::Error::NotFound { .. }) => Ok(()),
            done => done,
        }
    }

    /// Takes away the unfinished part of a file whose writing broke off; one that is not there is gone already.
    ///
    /// # Errors
    /// When the folder refuses.
    pub async fn remove_unfinished(&self, part: &str) -> std::io::Result<()> {
        match tokio::fs::remove_file(self.folder.join(part)).await {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
            done => done,
        }
    }

    /// The names below `folder`: of whole files, and of parts that were left when writing broke off.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub async fn names(&self, folder: &str) -> std::io::Result<(Vec<String>, Vec<String>)> {
        let mut names = Vec::new();
        let mut entries = match tokio::fs::read_dir(self.folder.join(folder)).await {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Default::default()),
            Err(error) => return Err(error),
        };
        while let Some(entry) = entries.next_entry().await? {
            names.push(format!("{folder}/{}", entry.file_name().to_string_lossy()));
        }
        Ok(names.into_iter().partition(|name| !name.contains(UNFINISHED)))
    }

    /// Reads a whole file; `None` when there is none of that name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn get(&self, name: &str) -> Result<Option<Bytes>, object_store::Error> {
        match self.store.get(&ObjectPath::from(name)).await {
            Ok(found) => found.bytes().await.map(Some),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
