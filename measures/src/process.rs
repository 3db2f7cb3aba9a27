//! What the system says of a process and all below it: processor time and memory.

use std::collections::HashMap;
use std::fs;
use std::time::Duration;

use anyhow::{Context as _, Result};

/// Linux counts processor time in hundredths of a second.
const TICK: Duration = Duration::from_millis(10);

/// Processor time so far, of the tree of processes below and with `root`, the ended ones included.
///
/// # Errors
/// When `root` has ended.
pub fn cpu(root: u32) -> Result<Duration> {
    let all = all();
    all.get(&root).with_context(|| format!("process {root} is gone"))?;
    let ticks: u32 = tree(&all, root).iter().map(|process| process.ticks).sum();
    Ok(TICK * ticks)
}

/// Processor time so far of this very process, without those it started.
///
/// # Errors
/// When the system does not tell.
pub fn own_cpu() -> Result<Duration> {
    let (id, stat) = (std::process::id(), fs::read_to_string("/proc/self/stat")?);
    // Those it started and that have ended are counted in, but no search ends one.
    Ok(TICK * parse(id, &stat).context("no /proc/self/stat")?.ticks)
}

/// Memory of the tree of processes, in bytes, what they share with others counted in parts.
pub fn memory(root: u32) -> u64 {
    let all = all();
    tree(&all, root).iter().map(|process| pss(process.id)).sum()
}

#[derive(Clone, Copy)]
struct Process {
    id: u32,
    parent: u32,
    ticks: u32,
}

fn all() -> HashMap<u32, Process> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    // One that ends meanwhile is counted in its parent.
    ids.filter_map(|id| Some((id, parse(id, &fs::read_to_string(format!("/proc/{id}/stat")).ok()?)?))).collect()
}

/// `man 5 proc`: the name may hold anything, so counting begins after its last parenthesis.
fn parse(id: u32, stat: &str) -> Option<Process> {
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = fields.get(11..15)?.iter().filter_map(|field| field.parse::<u32>().ok()).sum();
    Some(Process { id, parent: fields.get(1)?.parse().ok()?, ticks })
}

fn tree(all: &HashMap<u32, Process>, root: u32) -> Vec<Process> {
    let mut found: Vec<Process> = all.get(&root).copied().into_iter().collect();
    let mut looked = 0;
    while let Some(parent) = found.get(looked).copied() {
        found.extend(all.values().filter(|process| process.parent == parent.id));
        looked += 1;
    }
    found
}

fn pss(id: u32) -> u64 {
    let rollup = fs::read_to_string(format!("/proc/{id}/smaps_rollup")).unwrap_or_default();
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"));
    line.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or_default() * 1024
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn processor_time_is_read_behind_the_name() {
        let stat = "7 (a b) c) S 3 7 7 0 -1 4194304 100 0 0 0 11 22 33 44 20 0 1 0 5 6 7";
        let process = parse(7, stat).unwrap();
        assert_eq!((process.parent, process.ticks), (3, 110));
    }

    #[test]
    fn a_tree_holds_the_children_of_children() {
        let process = |id, parent| (id, Process { id, parent, ticks: 1 });
        let all = [process(1, 0), process(2, 1), process(3, 2), process(4, 9)].into();
        assert_eq!(tree(&all, 1).len(), 3);
        assert_eq!(tree(&all, 8).len(), 0);
    }

    #[test]
    fn this_process_uses_memory() {
        assert!(memory(std::process::id()) > 100_000);
        assert!(cpu(std::process::id()).is_ok());
    }
}
