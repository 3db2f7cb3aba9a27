//! The files of the repository, and what cargo says about its crates.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use serde_json::Value;

/// A text file that git tracks or would track.
#[derive(Debug)]
pub struct File {
    /// From the root, with `/`.
    pub path: String,
    /// All of it.
    pub text: String,
}

impl File {
    /// A sample for the tests of the checks.
    pub fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// Rust?
    pub fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// Something we write by hand, other than prose. Files of others are kept in folders named `vendor`.
    pub fn is_source(&self) -> bool {
        let extension = Path::new(&self.path).extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        let written = ["rs", "toml", "ftl", "css", "js", "kt", "kts", "swift", "sh", "yml", "yaml"].contains(&extension);
        (written || self.path.starts_with(".ci/")) && !self.path.split('/').any(|folder| folder == "vendor")
    }

    /// A complaint about a line, counted from 1.
    pub fn complaint(&self, line: usize, what: &str) -> String {
        format!("{}:{line}: {what}", self.path)
    }

    /// Complains about every line that `is_bad` names something in.
    pub fn lines_with<'a>(&self, is_bad: impl Fn(&str) -> Option<&'a str>) -> Vec<String> {
        let bad = |(index, line): (usize, &str)| is_bad(line).map(|what| self.complaint(index + 1, what));
        self.text.lines().enumerate().filter_map(bad).collect()
    }
}

/// The folder of the workspace; asked at run time, since the place of a build may outlive the place of its source.
pub fn root() -> PathBuf {
    let xtask = env::var_os("CARGO_MANIFEST_DIR").expect("cargo tells tests where their crate is");
    Path::new(&xtask).join("..").canonicalize().expect("the crate lies in the workspace")
}

/// Every text file that git tracks or would track, and that is still there.
pub fn files() -> Vec<File> {
    let mut git = Command::new("git");
    git.args(["-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    let output = git.current_dir(root()).output().expect("git is installed");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let paths = String::from_utf8(output.stdout).expect("paths are UTF-8");
    paths.split_terminator('\0').filter_map(read).collect()
}

/// `None` for what is not text, or was removed and not yet committed.
fn read(path: &str) -> Option<File> {
    let text = fs::read_to_string(root().join(path)).ok()?;
    Some(File { path: path.to_owned(), text })
}

/// What cargo says about the crates of the workspace.
pub fn metadata() -> Value {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let arguments = ["metadata", "--no-deps", "--format-version", "1"];
    let output = Command::new(cargo).args(arguments).current_dir(root()).output().expect("cargo is installed");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("cargo writes JSON")
}
