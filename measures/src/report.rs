//! What was measured, as it is kept between runs and printed.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};

use crate::machine::Machine;
use crate::stats::Spread;

/// What is promised of a ratio, or of a value that has no peer.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Bar {
    /// Nothing: the number is told for the sake of the others.
    None,
    /// At least so much.
    AtLeast(f64),
    /// At most so much.
    AtMost(f64),
    /// Our value itself, whatever the peer's is: at most so much.
    Within(f64),
}

impl Bar {
    /// Does `value` keep the promise? `None` when there is none.
    pub fn is_met(self, value: f64) -> Option<bool> {
        match self {
            Self::None => None,
            Self::AtLeast(least) => Some(value >= least),
            Self::AtMost(most) | Self::Within(most) => Some(value <= most),
        }
    }
}

/// Who is measured by, and what it came to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Peer {
    /// Its name.
    pub name: String,
    /// The median of its rounds.
    pub value: Spread,
    /// Ours in relation to it, round by round.
    pub ratio: Spread,
}

/// One number of ours, beside the same of somebody else.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// What it is.
    pub what: String,
    /// In what.
    pub unit: String,
    /// Ours.
    pub ours: Spread,
    /// Who is measured by, if anybody.
    pub peer: Option<Peer>,
    /// What is promised.
    pub bar: Bar,
}

impl Comparison {
    /// Rounds of ours beside rounds of `peer`.
    ///
    /// # Errors
    /// Without rounds.
    pub fn with(what: &str, unit: &str, bar: Bar, ours: &[f64], peer: &str, theirs: &[f64]) -> Result<Self> {
        let ratios = ours.iter().zip(theirs).map(|(ours, theirs)| ours / theirs.max(f64::MIN_POSITIVE));
        let ratio = Spread::of(ratios).context("no rounds")?;
        let value = Spread::of(theirs.iter().copied()).context("no rounds")?;
        Ok(Self { peer: Some(Peer { name: peer.to_owned(), value, ratio }), ..Self::alone(what, unit, bar, ours)? })
    }

    /// Rounds of ours alone.
    ///
    /// # Errors
    /// Without rounds.
    pub fn alone(what: &str, unit: &str, bar: Bar, ours: &[f64]) -> Result<Self> {
        let ours = Spread::of(ours.iter().copied()).context("no rounds")?;
        Ok(Self { what: what.to_owned(), unit: unit.to_owned(), ours, peer: None, bar })
    }

    /// What the bar is about.
    pub fn judged(&self) -> f64 {
        match (&self.peer, self.bar) {
            (None, _) | (_, Bar::Within(_)) => self.ours.median,
            (Some(peer), _) => peer.ratio.median,
        }
    }
}

/// What a workload came to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// What it does, and how it is measured.
    pub how: String,
    /// What limits it now, as profiles show.
    pub limit: String,
    /// The numbers; processor time first.
    pub comparisons: Vec<Comparison>,
    /// What else was seen, in words made of numbers.
    pub notes: Vec<String>,
    /// When, on what, of which version.
    #[serde(default)]
    pub run: Option<Run>,
}

/// When, on what, of which version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// When it began.
    pub at: String,
    /// The version that was measured.
    pub commit: String,
    /// What was typed.
    pub command: String,
    /// Rounds of each side.
    pub rounds: usize,
    /// The machine.
    pub machine: Machine,
    /// How long it took, seconds.
    pub seconds: u64,
}

/// All outcomes by the names of their workloads, the newest of each.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The outcomes.
    pub outcomes: BTreeMap<String, Outcome>,
}

impl Report {
    /// What was kept; nothing at first.
    ///
    /// # Errors
    /// When the file holds something else.
    pub fn read(file: &Path) -> Result<Self> {
        match fs::read(file) {
            Ok(bytes) => serde_json::from_slice(&bytes).with_context(|| format!("{} is no report", file.display())),
            Err(_) => Ok(Self::default()),
        }
    }

    /// Keeps it.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write(&self, file: &Path) -> Result<()> {
        Ok(fs::write(file, serde_json::to_string_pretty(self)? + "\n")?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_of_rounds_and_not_of_medians() {
        let both = Comparison::with("x", "ms", Bar::AtMost(2.0), &[1.0, 10.0, 30.0], "peer", &[1.0, 5.0, 10.0]).unwrap();
        let peer = both.peer.as_ref().unwrap();
        assert_eq!((peer.ratio.median, peer.ratio.min, peer.ratio.max), (2.0, 1.0, 3.0));
        assert_eq!((both.ours.median, both.judged()), (10.0, 2.0));
    }

    #[test]
    fn a_bar_is_met_at_its_very_height() {
        assert_eq!(Bar::AtLeast(1.0).is_met(1.0), Some(true));
        assert_eq!(Bar::AtMost(1.0).is_met(1.1), Some(false));
        assert_eq!(Bar::None.is_met(1.0), None);
    }
}
