//! The steps of a chore: each is announced, timed and remembered for the summary at the end.

use std::fmt::Write as _;
use std::time::Duration;

use anyhow::{Result, bail};

use crate::wait::Stopwatch;

/// How a step ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It did what it should.
    Passed,
    /// It did not; the reason was printed.
    Failed,
}

struct Done {
    name: String,
    took: Duration,
    outcome: Outcome,
}

/// What was done so far.
#[derive(Default)]
pub struct Steps(Vec<Done>);

impl Steps {
    /// Does `work`, says how long it took and whether it went well.
    pub fn run(&mut self, name: &str, work: impl FnOnce() -> Result<()>) -> Outcome {
        self.try_run(name, work).map_or(Outcome::Failed, |()| Outcome::Passed)
    }

    /// As [`run`](Self::run), for work that makes something; `None` when it failed.
    pub fn try_run<T>(&mut self, name: &str, work: impl FnOnce() -> Result<T>) -> Option<T> {
        println!("==> {name}");
        let watch = Stopwatch::start();
        let result = work();
        let took = watch.elapsed();
        let outcome = match &result {
            Ok(_) => Outcome::Passed,
            Err(error) => {
                println!("    {error:#}");
                Outcome::Failed
            }
        };
        let done = Done { name: name.to_owned(), took, outcome };
        println!("{}", done.line());
        self.0.push(done);
        result.ok()
    }

    /// Every step in a line, and the verdict.
    fn summary(&self) -> String {
        let mut text = String::from("\nSummary\n");
        for done in &self.0 {
            _ = writeln!(text, "{}", done.line());
        }
        let failed = self.failed();
        let total: Duration = self.0.iter().map(|done| done.took).sum();
        let verdict = if failed == 0 { "everything holds" } else { "NOT everything holds" };
        _ = write!(text, "{verdict}: {} passed, {failed} failed, {:.1} s", self.0.len() - failed, total.as_secs_f64());
        text
    }

    fn failed(&self) -> usize {
        self.0.iter().filter(|done| done.outcome == Outcome::Failed).count()
    }

    /// Prints the summary.
    ///
    /// # Errors
    /// When a step failed.
    pub fn finish(self) -> Result<()> {
        println!("{}", self.summary());
        match self.failed() {
            0 => Ok(()),
            1 => bail!("1 step failed"),
            failed => bail!("{failed} steps failed"),
        }
    }
}

impl Done {
    fn line(&self) -> String {
        let word = match self.outcome {
            Outcome::Passed => "ok    ",
            Outcome::Failed => "FAILED",
        };
        format!("    {word} {:>7.1} s  {}", self.took.as_secs_f64(), self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_step_fails_the_chore_and_the_later_ones_still_run() {
        let mut steps = Steps::default();
        assert_eq!(steps.run("first", || bail!("broken")), Outcome::Failed);
        assert_eq!(steps.run("second", || Ok(())), Outcome::Passed);
        let summary = steps.summary();
        assert!(summary.contains("FAILED") && summary.contains("first"), "{summary}");
        assert!(summary.contains("NOT everything holds: 1 passed, 1 failed"), "{summary}");
        assert_eq!(steps.finish().unwrap_err().to_string(), "1 step failed");
    }

    #[test]
    fn all_passed_is_success() {
        let mut steps = Steps::default();
        assert_eq!(steps.try_run("only", || Ok(7)), Some(7));
        assert!(steps.summary().contains("everything holds: 1 passed, 0 failed"));
        assert!(steps.finish().is_ok());
    }
}
