//! `cargo xtask package`: the admin app as a Debian package.
//!
//! The files are laid out by hand and closed by `dpkg-deb`; what the program needs is found by `dpkg-shlibdeps`.

mod check;
mod control;

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use anyhow::{Context as _, Result};

use crate::packages::{self, Purpose};
use crate::steps::{Outcome, Steps};
use crate::{apps, assets, cargo, folder};
use control::Control;

/// What it is called.
const NAME: &str = "rapi-admin";
/// The program in it.
const PROGRAM: &str = "rapi-admin-app";
/// What a desktop knows it by.
const IDENTIFIER: &str = "id.rapi.admin";
/// Sizes of its icon.
const ICONS: [u32; 4] = [32, 128, 256, 512];
/// Whose work is in it, beside crates: a name, and where its licence lies among the assets.
const OTHERS: [(&str, &str); 3] = [
    ("leaflet", "leaflet/LICENSE"),
    ("lucide", "lucide-static/LICENSE"),
    ("plus-jakarta-sans", "@fontsource-variable/plus-jakarta-sans/LICENSE"),
];

/// Builds it, packs it into target/packages, and looks at what came of it.
///
/// # Errors
/// When any step failed.
pub fn run() -> Result<()> {
    let mut steps = Steps::default();
    drive(&mut steps);
    steps.finish()
}

fn drive(steps: &mut Steps) -> Option<()> {
    if steps.run("system packages", || packages::ensure(Purpose::Package)) == Outcome::Failed {
        return None;
    }
    steps.try_run("type, icons and map of the apps", assets::ensure)?;
    let programs = steps.try_run("build the release", apps::build)?;
    let scratch = steps.try_run("a folder to work in", || Ok(folder::fresh(&env::temp_dir(), "rapi-package")?))?;
    let package = steps.try_run("pack the admin app", || pack(&programs.join(PROGRAM), &scratch));
    if let Some(package) = &package {
        steps.run("look at the package", || check::look(package, &scratch));
    }
    steps.run("clean up", || Ok(fs::remove_dir_all(&scratch)?));
    package.map(|_| ())
}

fn pack(program: &Path, scratch: &Path) -> Result<PathBuf> {
    let stage = scratch.join("stage");
    lay_out(program, &stage)?;
    let control = Control {
        version: version()?,
        architecture: said(Command::new("dpkg").arg("--print-architecture"))?,
        depends: depends(&stage.join("usr/bin").join(PROGRAM), scratch)?,
        kibibytes: kibibytes(&stage)?,
    };
    put(&stage.join("DEBIAN/control"), control.to_string().as_bytes())?;
    let folder = cargo::target_directory()?.join("packages");
    fs::create_dir_all(&folder)?;
    let package = folder.join(control.file());
    let mut build = Command::new("dpkg-deb");
    build.args(["--root-owner-group", "--build"]).arg(&stage).arg(&package);
    // The same sources make the same package.
    if let Ok(time) = said(git().args(["log", "-1", "--format=%ct"])) {
        build.env("SOURCE_DATE_EPOCH", time);
    }
    cargo::run(&mut build)?;
    println!("    {}", package.display());
    Ok(package)
}

/// Every file where it will be on the system.
fn lay_out(program: &Path, stage: &Path) -> Result<()> {
    let app = cargo::root().join("admin-app");
    let bin = stage.join("usr/bin").join(PROGRAM);
    put(&bin, b"")?;
    cargo::run(Command::new("strip").args(["--strip-unneeded", "-o"]).arg(&bin).arg(program))?;
    fs::set_permissions(&bin, fs::Permissions::from_mode(0o755))?;
    let entry = format!("{IDENTIFIER}.desktop");
    copy(&app.join("linux").join(&entry), &stage.join("usr/share/applications").join(&entry))?;
    let icons = stage.join("usr/share/icons/hicolor");
    copy(&app.join("icons/app.svg"), &icons.join(format!("scalable/apps/{IDENTIFIER}.svg")))?;
    for size in ICONS {
        copy(&app.join(format!("icons/app-{size}.png")), &icons.join(format!("{size}x{size}/apps/{IDENTIFIER}.png")))?;
    }
    let doc = stage.join("usr/share/doc").join(NAME);
    copy(&app.join("linux/copyright"), &doc.join("copyright"))?;
    for (name, licence) in OTHERS {
        copy(&cargo::root().join("ui/assets/node_modules").join(licence), &doc.join(format!("{name}.licence")))?;
    }
    put(&doc.join("crates.txt"), crates()?.as_bytes())
}

/// Every crate of others that is in the program, and its licence.
fn crates() -> Result<String> {
    let format = ["--edges", "normal", "--prefix", "none", "--format", "{p} {l}", "--no-dedupe"];
    let tree = said(cargo::command().args(["tree", "--locked", "--package", PROGRAM]).args(format))?;
    let mut lines: Vec<&str> = tree.lines().filter(|line| !line.contains(" (/")).collect();
    lines.sort_unstable();
    lines.dedup();
    Ok(lines.join("\n") + "\n")
}

fn version() -> Result<String> {
    let id = said(cargo::command().args(["pkgid", "--package", PROGRAM]))?;
    control::version_in(&id).with_context(|| format!("no version in {id}"))
}

/// The packages that bring what the program is linked to. The tool wants to stand beside a `debian/control`.
fn depends(program: &Path, scratch: &Path) -> Result<String> {
    let beside = scratch.join("shlibdeps");
    put(&beside.join("debian/control"), format!("Source: {NAME}\n\nPackage: {NAME}\nArchitecture: any\n").as_bytes())?;
    let told = said(Command::new("dpkg-shlibdeps").arg("-O").arg(program).current_dir(&beside))?;
    control::depends_in(&told).with_context(|| format!("dpkg-shlibdeps names no dependencies: {told}"))
}

/// What the files take on the disk.
fn kibibytes(folder: &Path) -> Result<u64> {
    let mut sum = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        sum += if entry.file_type()?.is_dir() { kibibytes(&entry.path())? } else { entry.metadata()?.len().div_ceil(1024) };
    }
    Ok(sum)
}

fn git() -> Command {
    let mut git = Command::new("git");
    git.args(["-c", "safe.directory=*"]).current_dir(cargo::root());
    git
}

/// What a program says on its standard output.
fn said(command: &mut Command) -> Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().with_context(|| format!("cannot start {name}"))?;
    if !output.status.success() {
        anyhow::bail!("{name}: {}: {}", output.status, String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

fn put(file: &Path, bytes: &[u8]) -> Result<()> {
    make_folder(file)?;
    fs::write(file, bytes)?;
    // Whoever packs may keep what he writes to himself; the package is for all.
    fs::set_permissions(file, fs::Permissions::from_mode(0o644)).with_context(|| format!("cannot write {}", file.display()))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    put(to, &fs::read(from).with_context(|| format!("cannot read {}", from.display()))?)
}

fn make_folder(file: &Path) -> Result<()> {
    let folder = file.parent().context("a file lies in a folder")?;
    let new: Vec<&Path> = folder.ancestors().take_while(|folder| !folder.exists()).collect();
    fs::create_dir_all(folder)?;
    for folder in new {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755))?;
    }
    Ok(())
}
