//! What the numbers were measured on.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::thread;

use anyhow::Result;
use serde::{Deserialize, Serialize};

use crate::now;
use crate::stats::Latencies;

/// A machine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Machine {
    /// The processor's name.
    pub cpu: String,
    /// How many cores we may use.
    pub cores: usize,
    /// The kernel's version.
    pub kernel: String,
    /// Memory, GiB.
    pub memory_gib: f64,
    /// The median time until 4 KiB are on the disk, milliseconds.
    pub fsync_ms: f64,
}

impl Machine {
    /// This one; the disk is that of `folder`.
    ///
    /// # Errors
    /// When the disk cannot be written to.
    pub fn look(folder: &Path) -> Result<Self> {
        let field = |file: &str, name: &str| {
            let text = fs::read_to_string(file).unwrap_or_default();
            let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default();
            line.split_once(':').map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
        };
        let kilobytes: f64 = field("/proc/meminfo", "MemTotal").trim_end_matches(" kB").parse().unwrap_or_default();
        Ok(Self {
            cpu: field("/proc/cpuinfo", "model name"),
            cores: thread::available_parallelism()?.get(),
            kernel: fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default().trim().to_owned(),
            memory_gib: kilobytes / 1024.0 / 1024.0,
            fsync_ms: fsync(folder, 200)?.millis(50.0),
        })
    }
}

/// How long it takes to append 4 KiB to a file and have them on the disk, `times` times.
///
/// # Errors
/// When the disk cannot be written to.
pub fn fsync(folder: &Path, times: usize) -> Result<Latencies> {
    let path = folder.join("fsync");
    let (mut file, block, mut latencies) = (File::create(&path)?, [7; 4096], Latencies::default());
    for _ in 0..times {
        let start = now();
        file.write_all(&block)?;
        file.sync_data()?;
        latencies.add(now() - start);
    }
    fs::remove_file(path)?;
    Ok(latencies)
}
