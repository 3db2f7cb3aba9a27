//! Modules of the backend touch each other only through a service's public functions and events, never through
//! another's tables or model.

use crate::mask::mask;
use crate::repository::File;

const MODULES: &[&str] = &["users", "orders", "notifications", "location", "timer", "payments", "communication"];

/// The parts of a module that are nobody else's business.
const PRIVATE: &[&str] = &["store", "model", "entities"];

/// The module of the backend that a file belongs to.
pub fn owner(path: &str) -> Option<&'static str> {
    let inside = path.strip_prefix("backend/src/")?;
    let first = inside.split('/').next()?.trim_end_matches(".rs");
    MODULES.iter().copied().find(|module| *module == first)
}

/// Complains about every path that leads into a private part of another module.
pub fn check(file: &File) -> Vec<String> {
    let Some(owner) = owner(&file.path) else {
        return Vec::new();
    };
    let tokens = tokens(&mask(&file.text));
    let paths = Paths { tokens: &tokens, at: 0 }.all();
    let foreign = |path: &Path| path.names.windows(2).any(|pair| leads_inside(owner, &pair[0], &pair[1]));
    let complain = |path: &Path| file.complaint(path.line, &format!("`{}` is private", path.names.join("::")));
    paths.iter().filter(|path| foreign(path)).map(complain).collect()
}

fn leads_inside(owner: &str, module: &str, part: &str) -> bool {
    module != owner && MODULES.contains(&module) && PRIVATE.contains(&part)
}

struct Token {
    text: String,
    line: usize,
}

/// Words, `::`, and every other sign by itself.
fn tokens(code: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    for (index, line) in code.lines().enumerate() {
        let mut rest = line.trim_start();
        while let Some(first) = rest.chars().next() {
            let word = rest.find(|sign: char| !sign.is_alphanumeric() && sign != '_').unwrap_or(rest.len());
            let length = if rest.starts_with("::") { 2 } else { word.max(first.len_utf8()) };
            tokens.push(Token { text: rest[..length].to_owned(), line: index + 1 });
            rest = rest[length..].trim_start();
        }
    }
    tokens
}

struct Path {
    names: Vec<String>,
    line: usize,
}

/// Reads the paths out of tokens; `a::{b, c::d}` are two, `a::b` and `a::c::d`.
struct Paths<'a> {
    tokens: &'a [Token],
    at: usize,
}

impl Paths<'_> {
    fn all(mut self) -> Vec<Path> {
        let mut found = Vec::new();
        while self.at < self.tokens.len() {
            let before = self.at;
            self.path(&[], &mut found);
            if self.at == before {
                self.at += 1;
            }
        }
        found
    }

    fn is(&self, text: &str) -> bool {
        self.tokens.get(self.at).is_some_and(|token| token.text == text)
    }

    fn name(&self) -> Option<&Token> {
        let starts_a_name = |token: &&Token| token.text.starts_with(|sign: char| sign.is_alphabetic() || sign == '_');
        self.tokens.get(self.at).filter(starts_a_name)
    }

    /// One path that continues `before`, with its branches.
    fn path(&mut self, before: &[String], found: &mut Vec<Path>) {
        let mut names = before.to_vec();
        while let Some(token) = self.name() {
            names.push(token.text.clone());
            let line = token.line;
            self.at += 1;
            if !self.is("::") {
                found.push(Path { names, line });
                return;
            }
            self.at += 1;
            if self.is("{") {
                self.branches(&names, found);
                return;
            }
        }
        // A path that goes on with `*` or `<…>`; what was named so far is its reach.
        if let Some(token) = self.tokens.get(self.at).filter(|_| names.len() > before.len()) {
            found.push(Path { names, line: token.line });
        }
    }

    fn branches(&mut self, before: &[String], found: &mut Vec<Path>) {
        self.at += 1;
        while self.at < self.tokens.len() && !self.is("}") {
            let start = self.at;
            self.path(before, found);
            if self.at == start {
                self.at += 1;
            }
        }
        self.at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaints(text: &str) -> Vec<String> {
        check(&File::new("backend/src/orders/accept.rs", text))
    }

    #[test]
    fn another_modules_tables_are_private() {
        for bad in [
            "use crate::users::store;",
            "use crate::users::store::UserRow;",
            "use crate::users::model::*;",
            "use crate::{\n    platform::db,\n    users::{service, store::{find, UserRow}},\n};",
            "fn f() { crate::payments::entities::bill::find(); }",
            "fn f() { super::super::timer::model::Segment::new(); }",
        ] {
            assert!(!complaints(bad).is_empty(), "{bad}");
        }
        assert_eq!(
            complaints("\nuse crate::users::store::UserRow;"),
            ["backend/src/orders/accept.rs:2: `crate::users::store::UserRow` is private"]
        );
    }

    #[test]
    fn services_events_and_ones_own_tables_are_open() {
        for good in [
            "use crate::users::service;",
            "use crate::users::{UserCreated, events, service::find};\nuse store::x;",
            "use crate::orders::store::OrderRow;",
            "use super::store;",
            "// crate::users::store is private",
            "fn f() { log(\"crate::users::store\") }",
            "use object_store::path::Path;",
        ] {
            assert!(complaints(good).is_empty(), "{good}");
        }
    }

    #[test]
    fn a_file_belongs_to_its_module() {
        assert_eq!(owner("backend/src/orders/accept.rs"), Some("orders"));
        assert_eq!(owner("backend/src/timer.rs"), Some("timer"));
        assert_eq!(owner("backend/src/platform/db.rs"), None);
        assert_eq!(owner("core/src/orders/mod.rs"), None);
    }
}
