//! The layout of JSON in a lock: whatever contains no other list or object is on one line, so a line is about one
//! program.

/// Lays out JSON that has no space between its tokens.
#[must_use]
pub(super) fn layout(compact: &str) -> String {
    let mut text = String::with_capacity(compact.len() * 5 / 4);
    let (mut depth, mut on_one_line) = (0, false);
    let (mut in_string, mut is_escaped) = (false, false);
    for (place, c) in compact.char_indices() {
        if in_string {
            text.push(c);
            in_string = is_escaped || c != '"';
            is_escaped = c == '\\' && !is_escaped;
            continue;
        }
        match c {
            '{' | '[' => {
                text.push(c);
                on_one_line = is_flat(&compact[place + 1..]);
                if !on_one_line {
                    depth += 1;
                    line(&mut text, depth);
                }
            }
            '}' | ']' => {
                if !on_one_line {
                    depth -= 1;
                    line(&mut text, depth);
                }
                on_one_line = false;
                text.push(c);
            }
            ',' if on_one_line => text.push_str(", "),
            ',' => {
                text.push(c);
                line(&mut text, depth);
            }
            ':' => text.push_str(": "),
            c => {
                in_string = c == '"';
                text.push(c);
            }
        }
    }
    text.push('\n');
    text
}

/// Whether a list or an object contains no other, given what follows its opening bracket.
fn is_flat(rest: &str) -> bool {
    let (mut in_string, mut is_escaped) = (false, false);
    for c in rest.chars() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => in_string = !in_string,
            '{' | '[' if !in_string => return false,
            '}' | ']' if !in_string => return true,
            _ => {}
        }
    }
    true
}

fn line(text: &mut String, depth: usize) {
    text.push('\n');
    text.extend(std::iter::repeat_n("  ", depth));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_contains_nothing_else_is_on_one_line() {
        let compact = r#"{"a":"{\"","b":[],"c":[[1,null],[]],"d":{"e":"]:,","f":"\\"}}"#;
        let expected = "{\n  \"a\": \"{\\\"\",\n  \"b\": [],\n  \"c\": [\n    [1, null],\n    []\n  ],\n  \
                        \"d\": {\"e\": \"]:,\", \"f\": \"\\\\\"}\n}\n";
        let text = layout(compact);
        assert_eq!(text, expected);
        let same = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
        assert_eq!(same(&text), same(compact));
    }
}
