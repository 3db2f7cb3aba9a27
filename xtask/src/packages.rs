//! The system packages that building and testing need: finds out what is missing, and installs just that.

use std::ffi::OsStr;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use anyhow::{Context as _, Result, bail};

/// What the packages are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To build and test everything, the apps included.
    Test,
    /// To put in place what the apps draw with.
    Assets,
    /// To draw the icons of the apps.
    Icons,
    /// To build the apps and pack them.
    Package,
    /// To build the apps and start them where nobody looks.
    Apps,
    /// To build the backend and measure it beside others.
    Bench,
}

/// How one sees that a package is there.
enum Proof {
    /// A program in the `PATH`; whoever else installed it, it will do.
    Program(&'static str),
    /// The package manager says so.
    Installed,
    /// A PostgreSQL server somewhere.
    Server,
    /// A Python that can make another one.
    Venv,
}

const BUILD: &[(&str, Proof)] = &[
    ("build-essential", Proof::Program("cc")),
    // The allocator of the backend is built with it.
    ("make", Proof::Program("make")),
    ("pkg-config", Proof::Program("pkg-config")),
];

/// Only where there is no npm yet: it brings Node.js and much else.
const ASSETS: &[(&str, Proof)] = &[("npm", Proof::Program("npm"))];

const ICONS: &[(&str, Proof)] = &[("librsvg2-bin", Proof::Program("rsvg-convert"))];

/// What the apps are built with.
const APPS: &[(&str, Proof)] = &[
    ("git", Proof::Program("git")),
    ("libdbus-1-dev", Proof::Installed),
    ("libssl-dev", Proof::Installed),
    ("libwebkit2gtk-4.1-dev", Proof::Installed),
    ("libxdo-dev", Proof::Installed),
];

const PACKAGE: &[(&str, Proof)] = &[("dpkg-dev", Proof::Program("dpkg-shlibdeps"))];

/// What the apps are looked at on.
const SCREEN: &[(&str, Proof)] = &[
    ("fonts-dejavu-core", Proof::Installed),
    ("xauth", Proof::Program("xauth")),
    ("xdotool", Proof::Program("xdotool")),
    ("xvfb", Proof::Program("Xvfb")),
];

const TEST: &[(&str, Proof)] = &[
    ("curl", Proof::Program("curl")),
    ("mosquitto-clients", Proof::Program("mosquitto_pub")),
    ("postgresql", Proof::Server),
    ("python3-venv", Proof::Venv),
];

const BENCH: &[(&str, Proof)] = &[
    ("git", Proof::Program("git")),
    ("mosquitto", Proof::Program("mosquitto")),
    ("postgresql", Proof::Server),
    ("redis-server", Proof::Program("redis-server")),
];

/// Keeps the package from making and starting a cluster of its own: the tests start a throw-away one.
const NO_CLUSTER: &str = "mkdir -p /etc/postgresql-common/createcluster.d
echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.d/rapi.conf
[ -e /etc/postgresql-common/createcluster.conf ] ||
echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
";

/// Installs what is missing for `purpose`: as root, or with a `sudo` that asks nothing.
///
/// # Errors
/// Holds the one command to run when we may not install, or what the package manager said.
pub fn ensure(purpose: Purpose) -> Result<()> {
    let missing = missing(purpose);
    if missing.is_empty() {
        return Ok(());
    }
    println!("    missing: {}", missing.join(" "));
    if program("apt-get").is_none() {
        bail!("this system has no apt-get; install its equivalents of: {}", missing.join(" "));
    }
    let script = install_script(&missing);
    let Some(mut shell) = shell_as_root() else {
        bail!("may not install packages; run this, then start again:\n\nsudo sh -c \"{script}\"\n");
    };
    let status = shell.args(["sh", "-c", &script]).stdin(Stdio::null()).status().context("cannot run a shell")?;
    let left = self::missing(purpose);
    if !status.success() || !left.is_empty() {
        bail!("the package manager ended with {status}; still missing: {}", left.join(" "));
    }
    Ok(())
}

/// A command that runs its arguments as root without asking anything.
fn shell_as_root() -> Option<Command> {
    if is_root() {
        return Some(Command::new("env"));
    }
    let mut asks_nothing = Command::new("sudo");
    asks_nothing.args(["-n", "true"]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    asks_nothing.status().is_ok_and(|status| status.success()).then(|| {
        let mut sudo = Command::new("sudo");
        sudo.arg("-n");
        sudo
    })
}

/// Are we root?
pub fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

/// What root runs. Holds no double quote, `$` or backslash, so that it can be shown within double quotes.
fn install_script(packages: &[&str]) -> String {
    let prepare = if packages.contains(&"postgresql") { NO_CLUSTER } else { "" };
    let quiet = "DEBIAN_FRONTEND=noninteractive UCF_FORCE_CONFFOLD=1";
    let lock = "-o DPkg::Lock::Timeout=300";
    format!("set -e\n{prepare}apt-get {lock} update\n{quiet} apt-get {lock} install -y --no-install-recommends {}", packages.join(" "))
}

fn missing(purpose: Purpose) -> Vec<&'static str> {
    let needs: &[_] = match purpose {
        Purpose::Test => &[BUILD, APPS, SCREEN, TEST],
        Purpose::Assets => &[ASSETS],
        Purpose::Icons => &[ICONS],
        Purpose::Package => &[BUILD, APPS, PACKAGE],
        Purpose::Apps => &[BUILD, APPS, SCREEN],
        Purpose::Bench => &[BUILD, BENCH],
    };
    needs.iter().copied().flatten().filter(|(package, proof)| !is_there(package, proof)).map(|(package, _)| *package).collect()
}

fn is_there(package: &str, proof: &Proof) -> bool {
    match proof {
        Proof::Program(name) => program(name).is_some(),
        Proof::Installed => is_installed(package),
        Proof::Server => initdb().is_some(),
        Proof::Venv => makes_venvs(),
    }
}

/// Debian keeps what a new Python starts with apart from Python itself.
fn makes_venvs() -> bool {
    let mut python = Command::new("python3");
    python.args(["-c", "import ensurepip, venv"]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    python.status().is_ok_and(|status| status.success())
}

/// Asks dpkg; `not-installed` and `config-files` are other answers than `installed`.
fn is_installed(package: &str) -> bool {
    let mut query = Command::new("dpkg-query");
    query.args(["--show", "--showformat=${db:Status-Status}\n", package]);
    query.output().is_ok_and(|output| output.stdout.split(|byte| *byte == b'\n').any(|line| line == b"installed"))
}

/// Finds a program in the `PATH`, or where the system keeps those of root.
pub fn program(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = env::split_paths(&path).chain(["/usr/sbin".into(), "/sbin".into()]);
    folders.map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// Finds PostgreSQL's `initdb`; the server's other programs lie beside it. Debian keeps them out of the `PATH`.
pub fn initdb() -> Option<PathBuf> {
    let of_debian = || newest(Path::new("/usr/lib/postgresql"))?.join("bin/initdb").canonicalize().ok();
    program("initdb").and_then(|file| file.canonicalize().ok()).or_else(of_debian)
}

/// The folder in `base` whose name is the largest number.
fn newest(base: &Path) -> Option<PathBuf> {
    let number = |path: &PathBuf| path.file_name().and_then(OsStr::to_str).and_then(|name| name.parse::<u32>().ok());
    let folders = fs::read_dir(base).ok()?.flatten().map(|entry| entry.path());
    folders.filter(|folder| folder.join("bin/initdb").is_file()).max_by_key(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::folder;

    #[test]
    fn the_script_installs_only_what_it_is_given() {
        let script = install_script(&["xvfb", "xauth"]);
        assert!(script.ends_with("install -y --no-install-recommends xvfb xauth"));
        assert!(!script.contains("create_main_cluster"));
    }

    #[test]
    fn debian_is_told_to_make_no_cluster_before_postgresql_comes() {
        let script = install_script(&["postgresql"]);
        assert!(script.find("create_main_cluster = false") < script.find("apt-get"));
    }

    #[test]
    fn the_script_survives_double_quotes_around_it() {
        assert!(!install_script(&["postgresql"]).contains(['"', '$', '\\']));
    }

    #[test]
    fn programs_and_packages_are_there_or_not() {
        assert!(program("sh").is_some());
        assert!(program("a-program-nobody-has").is_none());
        assert!(!is_installed("a-package-nobody-has"));
    }

    #[test]
    fn the_newest_server_is_the_largest_number() {
        let base = folder::fresh(&env::temp_dir(), "rapi-packages").unwrap();
        for version in ["9", "15", "17"] {
            fs::create_dir_all(base.join(version).join("bin")).unwrap();
        }
        for version in ["9", "15"] {
            fs::write(base.join(version).join("bin/initdb"), "").unwrap();
        }
        assert_eq!(newest(&base), Some(base.join("15")));
        fs::remove_dir_all(base).unwrap();
    }
}
