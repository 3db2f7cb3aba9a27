//! What a Debian package says of itself (Debian Policy, chapter 5).

use std::fmt;

use super::NAME;

/// Fields that are not the same every time.
pub struct Control {
    /// Of the crate.
    pub version: String,
    /// What it runs on, as dpkg calls it.
    pub architecture: String,
    /// The packages it needs.
    pub depends: String,
    /// What its files take on the disk.
    pub kibibytes: u64,
}

impl Control {
    /// The name of the package's file.
    pub fn file(&self) -> String {
        format!("{NAME}_{}_{}.deb", self.version, self.architecture)
    }
}

impl fmt::Display for Control {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { version, architecture, depends, kibibytes } = self;
        writeln!(f, "Package: {NAME}\nVersion: {version}\nArchitecture: {architecture}")?;
        writeln!(f, "Maintainer: Rapi <packages@rapi.example>\nInstalled-Size: {kibibytes}")?;
        writeln!(f, "Depends: {depends}\nSuggests: gnome-keyring\nSection: misc\nPriority: optional")?;
        writeln!(f, "Description: desk of the admins of Rapi\n Vets providers, follows orders on the map, and looks after payments.")?;
        writeln!(
            f,
            " .\n Rapi brings help home: the nearest verified provider comes in sight of the\n client and is paid by the time worked."
        )
    }
}

/// The version in what `cargo pkgid` says: `…#0.1.0`, or `…#name@0.1.0`. A pre-release sorts before its release in dpkg, too.
pub fn version_in(id: &str) -> Option<String> {
    let named = id.rsplit_once('#')?.1;
    let version = named.rsplit_once('@').map_or(named, |(_, version)| version);
    version.starts_with(|first: char| first.is_ascii_digit()).then(|| version.replace('-', "~"))
}

/// The dependencies in what `dpkg-shlibdeps -O` says.
pub fn depends_in(told: &str) -> Option<String> {
    let depends = told.lines().find_map(|line| line.strip_prefix("shlibs:Depends="))?;
    Some(depends.trim().to_owned()).filter(|depends| !depends.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_the_crate_s() {
        assert_eq!(version_in("path+file:///rapi/admin-app#rapi-admin-app@0.1.0").unwrap(), "0.1.0");
        assert_eq!(version_in("path+file:///rapi/rapi-admin-app#0.2.0-beta.1").unwrap(), "0.2.0~beta.1");
        assert_eq!(version_in("path+file:///rapi/rapi-admin-app"), None);
        assert_eq!(version_in("path+file:///rapi#name"), None);
    }

    #[test]
    fn dependencies_are_those_that_were_found() {
        assert_eq!(depends_in("shlibs:Depends=libc6 (>= 2.34), libgtk-3-0\n").unwrap(), "libc6 (>= 2.34), libgtk-3-0");
        assert_eq!(depends_in("shlibs:Depends=\n"), None);
        assert_eq!(depends_in("shlibs:Recommends=a\n"), None);
    }

    #[test]
    fn every_line_is_a_field_or_goes_on_with_one() {
        let control = Control { version: "0.1.0".into(), architecture: "amd64".into(), depends: "libc6".into(), kibibytes: 9 };
        assert_eq!(control.file(), "rapi-admin_0.1.0_amd64.deb");
        let text = control.to_string();
        assert!(text.ends_with('\n') && !text.contains("\n\n"), "{text}");
        for line in text.lines() {
            let is_field = line.split_once(": ").is_some_and(|(name, value)| !name.contains(' ') && !value.is_empty());
            assert!(is_field || line.strip_prefix(' ').is_some_and(|rest| !rest.is_empty()), "{line}");
        }
        for field in ["Package: rapi-admin\n", "Version: 0.1.0\n", "Architecture: amd64\n", "Depends: libc6\n", "Installed-Size: 9\n"] {
            assert!(text.contains(field), "{field}");
        }
    }
}
