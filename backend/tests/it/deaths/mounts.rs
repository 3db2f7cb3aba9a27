//! Disks of a test's own, which can be filled and broken.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A file system of its own below a folder that is taken away with it.
pub struct Disk {
    dir: TempDir,
    image: Option<PathBuf>,
}

impl Disk {
    /// In memory; `None` where mounting is not permitted, which is a failure where the tests must be complete.
    pub fn in_memory(size: &str) -> Option<Self> {
        let disk = Self { dir: tempfile::tempdir().unwrap(), image: None };
        disk.mount(&["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
    }

    /// On a file, in a file system that can be told to lose its faith in its disk.
    pub fn on_a_file() -> Option<Self> {
        let dir = tempfile::tempdir().unwrap();
        let image = dir.path().with_extension("image");
        let file = std::fs::File::create(&image).unwrap();
        file.set_len(64 * 1024 * 1024).unwrap();
        let disk = Self { dir, image: Some(image.clone()) };
        let made = run("mkfs.ext4", &["-q", "-F", image.to_str().unwrap()]);
        if made { disk.mount(&["-o", "loop", image.to_str().unwrap()]) } else { cannot_mount() }
    }

    fn mount(self, words: &[&str]) -> Option<Self> {
        if run("mount", &[words, &[self.path().to_str().unwrap()]].concat()) { Some(self) } else { cannot_mount() }
    }

    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    /// Takes all the room there is, to the last byte.
    pub fn fill(&self) {
        use std::io::Write as _;
        let mut file = std::fs::File::create(self.path().join("ballast")).unwrap();
        for size in [1 << 20, 1 << 12, 1] {
            while file.write_all(&vec![0x42; size]).is_ok() {}
        }
    }

    pub fn make_room(&self) {
        std::fs::remove_file(self.path().join("ballast")).unwrap();
    }

    /// The kernel gives up on the file system: from now on it is read-only, for files that are open, too.
    pub fn turn_read_only(&self) {
        assert!(run("mount", &["-o", "remount,abort", self.path().to_str().unwrap()]));
    }

    /// Somebody has looked after it.
    pub fn repair(&self) {
        let image = self.image.as_ref().unwrap().to_str().unwrap();
        assert!(run("umount", &[self.path().to_str().unwrap()]));
        run("e2fsck", &["-fy", image]);
        assert!(run("mount", &["-o", "loop", image, self.path().to_str().unwrap()]));
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        run("umount", &["--lazy", self.path().to_str().unwrap()]);
        if let Some(image) = &self.image {
            let _ = std::fs::remove_file(image);
        }
    }
}

fn run(program: &str, words: &[&str]) -> bool {
    let said = Command::new(program).args(words).output().unwrap_or_else(|error| panic!("{program} cannot be run: {error}"));
    let is_done = said.status.success();
    if !is_done {
        eprintln!("{program} {words:?}: {}", String::from_utf8_lossy(&said.stderr));
    }
    is_done
}

fn cannot_mount<T>() -> Option<T> {
    assert!(std::env::var("CI").is_err(), "the tests of full disks must be allowed to mount: run them as root");
    eprintln!("SKIPPED: a full disk cannot be tried without the permission to mount");
    None
}
