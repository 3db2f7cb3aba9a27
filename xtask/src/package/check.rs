//! Looks at a finished package as whoever installs it would.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use super::{ICONS, IDENTIFIER, NAME, PROGRAM, said, version};
use crate::cargo;
use crate::packages::program;

/// Complains about what is missing, belongs to somebody, or does not run.
///
/// # Errors
/// Holds all complaints.
pub fn look(package: &Path, scratch: &Path) -> Result<()> {
    let info = said(Command::new("dpkg-deb").arg("--info").arg(package))?;
    let contents = said(Command::new("dpkg-deb").arg("--contents").arg(package))?;
    let mut complaints = of_info(&info);
    complaints.extend(of_contents(&contents));
    let root = scratch.join("root");
    cargo::run(Command::new("dpkg-deb").arg("--extract").arg(package).arg(&root))?;
    let entry = root.join(format!("usr/share/applications/{IDENTIFIER}.desktop"));
    complaints.extend(of_entry(&fs::read_to_string(&entry)?));
    match program("desktop-file-validate") {
        Some(validate) => cargo::run(Command::new(validate).arg(&entry))?,
        None => println!("    desktop-file-validate is not installed, its opinion is left out"),
    }
    let (says, wanted) = (said(Command::new(root.join("usr/bin").join(PROGRAM)).arg("--version"))?, version()?);
    if says != format!("{PROGRAM} {wanted}") {
        complaints.push(format!("the program says it is {says}"));
    }
    if !complaints.is_empty() {
        bail!("{}", complaints.join("\n    "));
    }
    println!("    {says}: {} files, of root and for all to read", contents.lines().filter(|line| line.starts_with('-')).count());
    Ok(())
}

fn of_info(info: &str) -> Vec<String> {
    let field = |name: &str| info.lines().find_map(|line| line.trim().strip_prefix(name)?.strip_prefix(": "));
    let mut complaints = Vec::new();
    if field("Package") != Some(NAME) {
        complaints.push("it has another name".to_owned());
    }
    // Without these the window stays away, whatever else the tool found.
    for library in ["libc6", "libgtk-3-0", "libwebkit2gtk-4.1-0", "libdbus-1-3"] {
        if !field("Depends").unwrap_or_default().contains(library) {
            complaints.push(format!("it does not depend on {library}"));
        }
    }
    complaints
}

/// What `dpkg-deb --contents` says, a line a file as `ls -l` has it.
fn of_contents(contents: &str) -> Vec<String> {
    let files: Vec<(&str, &str, &str)> = contents.lines().filter_map(line).collect();
    let mut wanted = vec![
        (format!("./usr/bin/{PROGRAM}"), "-rwxr-xr-x"),
        (format!("./usr/share/applications/{IDENTIFIER}.desktop"), "-rw-r--r--"),
        (format!("./usr/share/icons/hicolor/scalable/apps/{IDENTIFIER}.svg"), "-rw-r--r--"),
        (format!("./usr/share/doc/{NAME}/copyright"), "-rw-r--r--"),
    ];
    wanted.extend(ICONS.map(|size| (format!("./usr/share/icons/hicolor/{size}x{size}/apps/{IDENTIFIER}.png"), "-rw-r--r--")));
    let is_there = |path: &str, mode: &str| files.iter().any(|(is, _, at)| *at == path && *is == mode);
    let missing = wanted.iter().filter(|(path, mode)| !is_there(path, mode)).map(|(path, mode)| format!("there is no {path}, {mode}"));
    let owned = files.iter().filter(|(_, owner, _)| *owner != "root/root").map(|(_, owner, path)| format!("{path} belongs to {owner}"));
    missing.chain(owned).collect()
}

/// Mode, owner and path.
fn line(line: &str) -> Option<(&str, &str, &str)> {
    let mut words = line.split_whitespace();
    Some((words.next()?, words.next()?, words.last()?))
}

/// A desktop shows it in both languages, gives it links, and finds its icon.
fn of_entry(entry: &str) -> Vec<String> {
    let icon = format!("Icon={IDENTIFIER}");
    let exec = format!("Exec={PROGRAM} %u");
    let wanted =
        ["Type=Application", "Name=Rapi Admin", "Name[id]=", "Comment=", "Comment[id]=", "MimeType=x-scheme-handler/rapi;", &icon, &exec];
    let is_there = |start: &str| entry.lines().any(|line| line.starts_with(start));
    wanted.iter().filter(|start| !is_there(start)).map(|start| format!("the desktop entry says no {start}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_desktop_entry_is_whole() {
        let entry = fs::read_to_string(cargo::root().join(format!("admin-app/linux/{IDENTIFIER}.desktop"))).unwrap();
        assert_eq!(of_entry(&entry), Vec::<String>::new());
        assert_eq!(of_entry(&entry.replace("MimeType", "Mime")), ["the desktop entry says no MimeType=x-scheme-handler/rapi;"]);
    }

    #[test]
    fn a_file_of_somebody_is_found() {
        let line = "-rw-r--r-- me/me 527 2026-01-01 00:00 ./usr/share/doc/rapi-admin/copyright";
        assert!(of_contents(line).contains(&"./usr/share/doc/rapi-admin/copyright belongs to me/me".to_owned()));
        assert!(of_contents(line).iter().any(|complaint| complaint.starts_with("there is no ./usr/bin/rapi-admin-app")));
        assert!(!of_contents(line).iter().any(|complaint| complaint.starts_with("there is no ./usr/share/doc")));
    }

    #[test]
    fn a_package_that_would_not_start_is_found() {
        let info = " Package: rapi-admin\n Depends: libc6 (>= 2.34), libgtk-3-0 (>= 3.22.25), libwebkit2gtk-4.1-0";
        assert_eq!(of_info(info), ["it does not depend on libdbus-1-3"]);
    }
}
