//! No text field may be controlled: with a `value` that `oninput` writes, keys get lost when somebody types fast.

use crate::mask::mask;
use crate::repository::File;

/// Elements one types into.
const FIELDS: &[&str] = &["input", "textarea"];

/// Is this a folder with components in it?
pub fn concerns(path: &str) -> bool {
    ["ui/", "client-app/", "provider-app/", "admin-app/"].iter().any(|folder| path.starts_with(folder))
}

/// Complains about every text field with both `value` and `oninput`.
pub fn check(file: &File) -> Vec<String> {
    let code = mask(&file.text);
    let fields = FIELDS.iter().flat_map(|field| blocks(&code, field));
    let controlled = fields.filter(|(start, block)| {
        let attributes = attributes(block);
        let typed_into = !is_choice(&file.text[*start..*start + block.len()]);
        typed_into && attributes.contains(&"value") && attributes.contains(&"oninput")
    });
    let line = |start: usize| code[..start].matches('\n').count() + 1;
    controlled.map(|(start, _)| file.complaint(line(start), "a controlled text field")).collect()
}

/// Nothing is typed into these; their `value` never changes.
fn is_choice(block: &str) -> bool {
    ["\"checkbox\"", "\"radio\""].iter().any(|kind| block.contains(kind))
}

/// What stands in the braces behind each `element`, and where it starts.
fn blocks<'a>(code: &'a str, element: &str) -> Vec<(usize, &'a str)> {
    let block = |(at, _): (usize, &str)| {
        let inside_a_word = code[..at].ends_with(|sign: char| sign.is_alphanumeric() || "_.:-".contains(sign));
        let behind = &code[at + element.len()..];
        let inside = behind.trim_start().strip_prefix('{')?;
        let start = code.len() - inside.len();
        (!inside_a_word).then(|| (start, &inside[..end(inside)]))
    };
    code.match_indices(element).filter_map(block).collect()
}

/// Where the brace closes that was opened before `inside`.
fn end(inside: &str) -> usize {
    let mut depth = 1;
    for (at, sign) in inside.char_indices() {
        match sign {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    inside.len()
}

/// The names of an element's own attributes: what stands before the first colon of each part.
fn attributes(block: &str) -> Vec<&str> {
    let mut depth = 0;
    let mut starts = vec![0];
    for (at, sign) in block.char_indices() {
        match sign {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => depth -= 1,
            ',' if depth == 0 => starts.push(at + 1),
            _ => {}
        }
    }
    starts.push(block.len() + 1);
    let parts = starts.windows(2).map(|ends| &block[ends[0]..(ends[1] - 1).max(ends[0])]);
    parts.map(|part| part.split(':').next().unwrap_or_default().trim()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaints(text: &str) -> Vec<String> {
        check(&File::new("ui/src/sample.rs", text))
    }

    #[test]
    fn a_controlled_field_is_found() {
        let bad = "rsx! {\n    input {\n        value: \"{text}\",\n        oninput: move |e| { text.set(e.value()) },\n    }\n}";
        assert_eq!(complaints(bad), ["ui/src/sample.rs:2: a controlled text field"]);
        assert_eq!(complaints("textarea { oninput: f, value }").len(), 1);
        assert_eq!(complaints("input { class: \"a, b {c}\", value: text(), oninput }").len(), 1);
    }

    #[test]
    fn fields_that_keep_their_own_text_are_fine() {
        for good in [
            "input { initial_value: \"{text}\", oninput: move |e| on(e.value()) }",
            "input { value: \"{text}\", onchange: f }",
            "input { r#type: \"radio\", value: \"cash\", oninput: f }",
            "input { oninput: move |e| { send(Form { value: e.value() }) } }",
            "TextInput { value: text, oninput: f }",
            "// input { value: a, oninput: b }",
            "fn input() { let x = (value, oninput); }",
        ] {
            assert!(complaints(good).is_empty(), "{good}");
        }
    }
}
