//! Folders that nobody else can have made, read or guessed into.

use std::fs::DirBuilder;
use std::io;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

/// Makes a new empty folder below `base` that only its owner can enter. The caller removes it.
///
/// # Errors
/// When `base` cannot be written to.
pub fn fresh(base: &Path, name: &str) -> io::Result<PathBuf> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    loop {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = base.join(format!("{name}-{}-{number}", process::id()));
        match DirBuilder::new().mode(0o700).create(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            result => return result.map(|()| path),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;
    use std::{env, fs};

    use super::*;

    #[test]
    fn fresh_folders_differ_and_are_private() {
        let base = env::temp_dir();
        let (one, two) = (fresh(&base, "rapi-folder").unwrap(), fresh(&base, "rapi-folder").unwrap());
        assert_ne!(one, two);
        assert_eq!(fs::metadata(&one).unwrap().permissions().mode() & 0o777, 0o700);
        fs::remove_dir(one).unwrap();
        fs::remove_dir(two).unwrap();
    }
}
