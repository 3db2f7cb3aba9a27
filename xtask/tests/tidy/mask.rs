//! Rust text with everything that is no code blanked out: comments, and what strings and characters hold.

/// Same length and same lines as `source`; the quotes of strings stay.
pub fn mask(source: &str) -> String {
    let bytes = source.as_bytes();
    let mut masked = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let hidden = hidden(bytes, at);
        let Some((start, end)) = hidden else {
            at += 1;
            continue;
        };
        for byte in &mut masked[start..end] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
        // The closing quote of a string lies at `end` and must not open the next one.
        at = if start > at { end + 1 } else { end };
    }
    String::from_utf8(masked).expect("whole characters were blanked")
}

/// What is to be blanked when `at` opens something that is no code; a start beyond `at` leaves the quotes.
fn hidden(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let rest = &bytes[at..];
    if rest.starts_with(b"//") {
        Some((at, find(bytes, at, b"\n")))
    } else if rest.starts_with(b"/*") {
        Some((at, (find(bytes, at + 2, b"*/") + 2).min(bytes.len())))
    } else if let Some(hashes) = raw_string(bytes, at) {
        let start = at + 2 + hashes;
        let close: Vec<u8> = [b"\"".as_slice(), &vec![b'#'; hashes]].concat();
        Some((start, find(bytes, start, &close)))
    } else if bytes[at] == b'"' {
        Some((at + 1, string_end(bytes, at + 1)))
    } else if bytes[at] == b'\'' {
        character_end(bytes, at).map(|end| (at + 1, end))
    } else {
        None
    }
}

fn find(bytes: &[u8], from: usize, what: &[u8]) -> usize {
    let found = bytes.get(from..).and_then(|rest| rest.windows(what.len()).position(|window| window == what));
    found.map_or(bytes.len(), |offset| from + offset)
}

/// How many hashes a raw string that starts at `at` has.
fn raw_string(bytes: &[u8], at: usize) -> Option<usize> {
    let follows_a_word = at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'_');
    if bytes[at] != b'r' || (follows_a_word && bytes[at - 1] != b'b') {
        return None;
    }
    let hashes = bytes[at + 1..].iter().take_while(|byte| **byte == b'#').count();
    (bytes.get(at + 1 + hashes) == Some(&b'"')).then_some(hashes)
}

fn string_end(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() && bytes[at] != b'"' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at.min(bytes.len())
}

/// The closing quote of a character; `None` when the quote opens a lifetime.
fn character_end(bytes: &[u8], at: usize) -> Option<usize> {
    if bytes.get(at + 1) == Some(&b'\\') {
        return Some(find(bytes, at + 3, b"'"));
    }
    let first = std::str::from_utf8(bytes.get(at + 1..)?).ok()?.chars().next()?;
    let end = at + 1 + first.len_utf8();
    (bytes.get(end) == Some(&b'\'')).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::mask;

    #[test]
    fn comments_and_strings_are_blanked_and_code_stays() {
        assert_eq!(mask("a // b\nc"), "a     \nc");
        assert_eq!(mask("a /* é\n */ c"), "a      \n    c");
        assert_eq!(mask(r#"f("a\"b", c)"#), r#"f("    ", c)"#);
        assert_eq!(mask(r##"r#"a"b"# + c"##), r##"r#"   "# + c"##);
        assert_eq!(mask("'\"' + '\\'' + \"x\""), "' ' + '  ' + \" \"");
    }

    #[test]
    fn lifetimes_are_code_and_open_ends_do_no_harm() {
        assert_eq!(mask("fn f<'a>(x: &'a str)"), "fn f<'a>(x: &'a str)");
        for open in ["\"a", "/* a", "r#\"a", "'\\", "\"\\", "'"] {
            assert_eq!(mask(open).len(), open.len());
        }
    }
}
