//! What no file may say: unfinished work, hosts of registries, sleeps in tests; and how long a file may be.

use crate::repository::File;

/// Lines of Rust that need no reason.
const LONG: usize = 400;

/// Lines from the top in which a long file gives its reason.
const TOP: usize = 15;

/// Complains about a long file without a reason.
pub fn length(file: &File) -> Vec<String> {
    let lines = file.text.lines().count();
    let says_why = file
        .text
        .lines()
        .take(TOP)
        .any(|line| line.trim_start().strip_prefix("// Long because: ").is_some_and(|reason| !reason.trim().is_empty()));
    if lines <= LONG || says_why {
        return Vec::new();
    }
    vec![format!("{}: {lines} lines and no `// Long because: …` at the top", file.path)]
}

/// Complains about work left for later, and about lints and output silenced or left behind.
pub fn unfinished(file: &File) -> Vec<String> {
    const CODE: &[&str] = &["todo!(", "unimplemented!(", "#[allow(", "#![allow(", "dbg!("];
    const NOTES: &[&str] = &["TODO", "FIXME", "XXX"];
    file.lines_with(|line| {
        let code = CODE.iter().find(|word| file.is_rust() && line.contains(**word));
        code.or_else(|| NOTES.iter().find(|note| has_word(line, note))).copied()
    })
}

/// Complains about every registry's host: where packages come from is the affair of whoever builds.
pub fn registries(file: &File) -> Vec<String> {
    const HOSTS: &[&str] = &[
        concat!("crates", ".io"),
        concat!("static.rust", "-lang"),
        concat!("npmjs", ".com"),
        concat!("npmjs", ".org"),
        concat!("yarnpkg", ".com"),
        concat!("pypi", ".org"),
        concat!("pythonhosted", ".org"),
        concat!("rubygems", ".org"),
        concat!("proxy.golang", ".org"),
        concat!("repo.maven", ".apache.org"),
        concat!("repo1.maven", ".org"),
        concat!("deb.debian", ".org"),
        concat!("security.debian", ".org"),
        concat!("archive.ubuntu", ".com"),
    ];
    file.lines_with(|line| HOSTS.iter().find(|host| line.contains(**host)).copied())
}

/// A file of tests alone.
pub fn is_test(file: &File) -> bool {
    file.is_rust() && file.path.split('/').any(|part| part == "tests" || part == "tests.rs")
}

/// Complains about sleeping: a test waits for what it wants to see.
pub fn sleeps(file: &File) -> Vec<String> {
    const SLEEPS: &[&str] = &["thread::sleep", "time::sleep"];
    file.lines_with(|line| SLEEPS.iter().find(|sleep| line.contains(**sleep)).copied())
}

/// Does `word` stand in `line` by itself?
fn has_word(line: &str, word: &str) -> bool {
    let part_of_a_word = |sign: char| sign.is_alphanumeric() || sign == '_';
    line.match_indices(word).any(|(at, _)| !line[..at].ends_with(part_of_a_word) && !line[at + word.len()..].starts_with(part_of_a_word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rust(text: &str) -> File {
        File::new("core/src/sample.rs", text)
    }

    #[test]
    fn a_long_file_needs_a_reason_at_its_top() {
        let body = "\n".repeat(LONG);
        assert!(length(&rust(&body)).is_empty());
        assert_eq!(length(&rust(&format!("{body}\n"))).len(), 1);
        assert!(length(&rust(&format!("// Long because: it is a table.\n{body}"))).is_empty());
        assert_eq!(length(&rust(&format!("// Long because: \n{body}"))).len(), 1);
        assert_eq!(length(&rust(&format!("{body}// Long because: it is a table.\n"))).len(), 1);
    }

    #[test]
    fn unfinished_work_is_found() {
        for bad in ["todo!()", "unimplemented!(\"x\")", "#[allow(dead_code)]", "#![allow(x)]", "dbg!(x)"] {
            assert_eq!(unfinished(&rust(&format!("\n{bad}"))).len(), 1, "{bad}");
        }
        assert_eq!(unfinished(&File::new("ui/look.css", "/* TODO: colours */")), ["ui/look.css:1: TODO"]);
        assert!(unfinished(&rust("#[expect(dead_code, reason = \"x\")] // METODOLOGI XXXX")).is_empty());
    }

    #[test]
    fn hosts_of_registries_are_found() {
        let bad = format!("see https://{}/x", concat!("crates", ".io"));
        assert_eq!(registries(&File::new("README.md", &bad)).len(), 1);
        assert!(registries(&File::new("README.md", "see https://example.org")).is_empty());
    }

    #[test]
    fn sleeps_are_found_in_tests() {
        assert_eq!(sleeps(&rust("std::thread::sleep(second)")).len(), 1);
        assert_eq!(sleeps(&rust("tokio::time::sleep(second).await")).len(), 1);
        assert!(sleeps(&rust("tokio::time::timeout(second, it).await")).is_empty());
        assert!(is_test(&File::new("backend/tests/orders/accept.rs", "")));
        assert!(is_test(&File::new("core/src/orders/tests.rs", "")));
        assert!(!is_test(&File::new("core/src/orders/mod.rs", "")));
    }
}
