//! `cargo xtask fuzz`: libFuzzer looks for bytes that break a promise of `fuzz/src`.
//!
//! It needs no nightly Rust and no other program: what instruments the code are plain options of the compiler, and the crate
//! `libfuzzer-sys` is libFuzzer. The options must not reach build scripts and macros, so the host is named as the target.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};
use clap::Args;

use crate::cargo;
use crate::steps::Steps;

/// The targets, as `fuzz/src/lib.rs` lists them.
const TARGETS: [&str; 4] = ["gps", "inbox", "wire", "words"];

/// Counts which edges are taken and shows what is compared with what (as cargo-fuzz does without a sanitizer).
const INSTRUMENTED: &[&str] = &[
    "--cfg=fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Cllvm-args=-simplifycfg-branch-fold-threshold=0",
];

/// Lets libFuzzer look for bytes that break a promise, beginning with the corpus in `fuzz/corpus`.
///
/// What it finds worth trying stays below the target folder and is where the next run goes on. Bytes that break a promise
/// belong into the corpus, named after what they broke, once that is mended: the tests read the corpus again.
#[derive(Args)]
pub struct FuzzArgs {
    /// How long to look, for each target.
    #[arg(long, default_value_t = 60)]
    pub seconds: u32,
    /// Only this target: gps, inbox, wire or words.
    #[arg(long, value_parser = TARGETS)]
    pub target: Option<String>,
    /// Afterwards add to `fuzz/corpus` what reaches code that nothing there reaches.
    #[arg(long)]
    pub keep: bool,
}

/// Builds the targets and runs one after the other.
///
/// # Errors
/// When a promise was broken; where the bytes are is said.
pub fn run(args: &FuzzArgs) -> Result<()> {
    let mut steps = Steps::default();
    drive(&mut steps, args);
    steps.finish()
}

/// As steps of a longer chore.
pub fn drive(steps: &mut Steps, args: &FuzzArgs) {
    let Some(fuzzer) = steps.try_run("build the fuzz targets", Fuzzer::build) else { return };
    for target in TARGETS.iter().filter(|target| args.target.as_deref().is_none_or(|only| only == **target)) {
        steps.run(&format!("fuzz {target} for {} s", args.seconds), || fuzzer.look(target, args.seconds));
        if args.keep {
            steps.run(&format!("keep what is new of {target}"), || fuzzer.keep(target));
        }
    }
}

struct Fuzzer {
    /// Where the targets are built, and what was found.
    home: PathBuf,
    programs: PathBuf,
}

impl Fuzzer {
    fn build() -> Result<Self> {
        let (home, host) = (cargo::target_directory()?.join("fuzz"), host()?);
        let mut build = cargo::command();
        build.args(["build", "--release", "--locked", "--bins", "--manifest-path", "fuzz/Cargo.toml", "--target", &host]);
        build.env("CARGO_TARGET_DIR", &home).env("RUSTFLAGS", INSTRUMENTED.join(" ")).env_remove("CARGO_ENCODED_RUSTFLAGS");
        cargo::run(&mut build)?;
        Ok(Self { programs: home.join(host).join("release"), home })
    }

    /// The folder that grows, and the one that is in the repository.
    fn folders(&self, target: &str) -> Result<[PathBuf; 2]> {
        let grown = self.home.join("corpus").join(target);
        fs::create_dir_all(&grown).with_context(|| format!("cannot make {}", grown.display()))?;
        Ok([grown, cargo::root().join("fuzz/corpus").join(target)])
    }

    fn look(&self, target: &str, seconds: u32) -> Result<()> {
        let found = self.home.join(format!("broke-{target}-"));
        let mut program = Command::new(self.programs.join(target));
        program.arg(format!("-max_total_time={seconds}")).arg(format!("-artifact_prefix={}", found.display()));
        program.args(["-timeout=10", "-max_len=4096", "-rss_limit_mb=2048", "-print_final_stats=1"]);
        let said = self.listen(target, program.args(self.folders(target)?))?;
        for line in said.lines().filter(|line| line.starts_with("Done ") || line.contains("new_units_added")) {
            println!("    {line}");
        }
        Ok(())
    }

    fn keep(&self, target: &str) -> Result<()> {
        let [grown, kept] = self.folders(target)?;
        let mut program = Command::new(self.programs.join(target));
        self.listen(target, program.args(["-merge=1", "-max_len=4096"]).args([kept, grown])).map(|_| ())
    }

    /// Runs a target to its end; what it said. It says very much, so people are shown only the end of a failure.
    fn listen(&self, target: &str, program: &mut Command) -> Result<String> {
        let log = self.home.join(format!("{target}.log"));
        let file = fs::File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
        let status = program.current_dir(&self.home).stdin(Stdio::null()).stdout(Stdio::null()).stderr(file).status()?;
        let said = String::from_utf8_lossy(&fs::read(&log)?).into_owned();
        if !status.success() {
            bail!("{target} ended with {status}; its log, {}, ends:\n{}", log.display(), tail(&said, 40));
        }
        Ok(said)
    }
}

fn tail(text: &str, lines: usize) -> String {
    let all: Vec<&str> = text.lines().collect();
    all[all.len().saturating_sub(lines)..].join("\n")
}

/// The name of this kind of machine.
fn host() -> Result<String> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("-vV").current_dir(cargo::root()).output().context("cannot ask rustc for its host")?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let host = said.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).with_context(|| format!("rustc names no host: {said}"))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// What lies in the corpus and belongs to no target.
    fn strangers(corpus: &Path) -> Vec<String> {
        let names = fs::read_dir(corpus).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
        names.filter(|name| !TARGETS.contains(&name.as_str())).collect()
    }

    #[test]
    fn every_target_is_run_and_has_a_corpus() {
        let fuzz = cargo::root().join("fuzz");
        for target in TARGETS {
            assert!(fuzz.join("fuzz_targets").join(target).with_extension("rs").is_file(), "{target}");
            assert!(fuzz.join("corpus").join(target).is_dir(), "{target}");
        }
        assert_eq!(strangers(&fuzz.join("corpus")), Vec::<String>::new());
        assert_eq!(fs::read_dir(fuzz.join("fuzz_targets")).unwrap().count(), TARGETS.len());
    }

    #[test]
    fn the_corpus_is_small() {
        let folders = TARGETS.map(|target| cargo::root().join("fuzz/corpus").join(target));
        let sizes = folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap()).map(|file| file.unwrap().metadata().unwrap().len());
        let sizes: Vec<u64> = sizes.collect();
        assert!(sizes.len() < 300 && sizes.iter().sum::<u64>() < 1024 * 1024, "{} files, {} bytes", sizes.len(), sizes.iter().sum::<u64>());
    }

    #[test]
    fn the_compiler_names_its_host() {
        assert!(host().unwrap().contains('-'));
    }
}
