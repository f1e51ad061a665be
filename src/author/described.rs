//! Adds a pitfall's entry to `kata.yaml` as a person would, and leaves every other byte as it is.

use std::fmt::Write;

use crate::spec::{Pitfall, Spec};

/// Adds a pitfall after the others. `None` if the layout of the file is not supported.
///
/// It tries each way to write the entry and takes the first after which `read` returns the expected spec.
#[must_use]
pub(crate) fn described(
    text: &str,
    pitfall: &Pitfall,
    read: &dyn Fn(&str) -> Option<Spec>,
) -> Option<String> {
    let mut wanted = unplaced(read(text)?);
    wanted.pitfalls.push(pitfall.clone());
    let mut ways: Vec<String> = block(text, pitfall).into_iter().collect();
    ways.extend(flow(text, pitfall));
    if wanted.pitfalls.len() == 1 {
        ways.push(anew(text, pitfall));
    }
    let says = |text: &String| read(text).is_some_and(|spec| unplaced(spec) == wanted);
    ways.into_iter().find(says)
}

/// The entry as lines for `pitfalls:`, one sentence per line.
#[must_use]
pub(crate) fn entry(pitfall: &Pitfall, indent: &str) -> String {
    let mut lines = format!("{indent}{}:", pitfall.id);
    let mut deeper = format!("{indent}  ");
    if let Some(hint) = pitfall.hint {
        let _ = write!(lines, "\n{deeper}hint: {hint}\n{deeper}text:");
        deeper.push_str("  ");
    }
    lines.push_str(" >-");
    let mut sentence = String::new();
    for word in pitfall.text.split_whitespace() {
        if !sentence.is_empty() {
            sentence.push(' ');
        }
        sentence.push_str(word);
        if word.ends_with(['.', '?', '!']) {
            let _ = write!(lines, "\n{deeper}{}", std::mem::take(&mut sentence));
        }
    }
    if !sentence.is_empty() {
        let _ = write!(lines, "\n{deeper}{sentence}");
    }
    lines.push('\n');
    lines
}

/// The spec without the line numbers of its cases, which an entry before them changes.
fn unplaced(mut spec: Spec) -> Spec {
    for case in &mut spec.cases {
        case.line = 0;
    }
    spec
}

/// Inserts it after the last line below `pitfalls:`, indented like the first one.
fn block(text: &str, pitfall: &Pitfall) -> Option<String> {
    let mut at = 0;
    let mut indent = None;
    let mut end = None;
    let mut inside = false;
    for line in text.split_inclusive('\n') {
        at += line.len();
        let content = line.trim();
        let is_indented = line.starts_with(' ');
        if inside && is_indented && !content.is_empty() {
            let spaces = line.len() - line.trim_start().len();
            if indent.is_none() && !content.starts_with('#') {
                indent = Some(spaces);
            }
            end = Some(at);
        } else if !content.is_empty() && !content.starts_with('#') {
            if inside {
                break;
            }
            inside = line.starts_with("pitfalls:");
        }
    }
    let lines = entry(pitfall, &" ".repeat(indent?));
    Some(inserted(text, end?, &lines))
}

/// Before each closing brace after `pitfalls:`.
fn flow(text: &str, pitfall: &Pitfall) -> Vec<String> {
    // A JSON string is also a valid YAML string.
    let quoted = serde_json::Value::from(pitfall.text.as_str());
    let said = match pitfall.hint {
        None => quoted.to_string(),
        Some(hint) => format!("{{hint: {hint}, text: {quoted}}}"),
    };
    let entry = format!("{}: {said}", pitfall.id);
    let start = text.match_indices("pitfalls:").map(|(at, _)| at);
    let start = start.min().unwrap_or(text.len());
    let braces = text.match_indices('}').map(|(at, _)| at);
    let braces = braces.filter(|at| *at > start);
    let way = |at: usize| {
        let (before, after) = text.split_at(at);
        let kept = before.trim_end();
        let comma = if kept.ends_with(['{', ',']) { "" } else { ", " };
        let space = if kept.ends_with(',') { " " } else { "" };
        format!(
            "{kept}{comma}{space}{entry}{}{after}",
            &before[kept.len()..]
        )
    };
    braces.map(way).collect()
}

/// Appends it to a file that has no pitfalls yet.
fn anew(text: &str, pitfall: &Pitfall) -> String {
    let lines = format!("\npitfalls:\n{}", entry(pitfall, "  "));
    inserted(text, text.len(), &lines)
}

/// Inserts lines into the text, with the text's own line endings.
fn inserted(text: &str, at: usize, lines: &str) -> String {
    let (before, after) = text.split_at(at);
    let ending = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let missing = if before.ends_with('\n') { "" } else { ending };
    format!("{before}{missing}{}{after}", lines.replace('\n', ending))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec;

    const HEAD: &str = "format: 1\ntitle: pitfalls\ndifficulty: easy\npoints: 1\nfunction: f\nparams: {x: 'f32[n]'}\nreturns: f32[n]\n";
    const CASES: &str = "cases:\n- {name: c, given: {x: [1]}, expect: [1]}\n";

    fn read(text: &str) -> Option<Spec> {
        spec::parse("kata.yaml", text, &|_| {
            Err(std::io::ErrorKind::NotFound.into())
        })
        .ok()
    }

    fn pitfall(hint: Option<usize>) -> Pitfall {
        Pitfall {
            is_written: true,
            id: "new".to_owned(),
            text: "It's \"new\": {a}. Why #1?".to_owned(),
            hint,
        }
    }

    #[track_caller]
    fn check(text: &str, hint: Option<usize>, expected: Option<&str>) {
        assert!(read(text).is_some(), "{text}");
        let written = described(text, &pitfall(hint), &read);
        assert_eq!(written.as_deref(), expected);
    }

    #[test]
    fn an_entry_goes_after_the_others_and_all_else_stays() {
        let head = format!(
            "{HEAD}{CASES}\n# of learners\npitfalls: # known\n  # first\n  a: >-\n    It is a.\n    # no comment\n  b:\n    text: b\n"
        );
        let tail = "\n# the end\n";
        let plain = "  new: >-\n    It's \"new\": {a}.\n    Why #1?\n";
        let hinted = "  new:\n    hint: 2\n    text: >-\n      It's \"new\": {a}.\n      Why #1?\n";
        check(
            &format!("{head}{tail}"),
            None,
            Some(&format!("{head}{plain}{tail}")),
        );
        check(
            &format!("{head}{tail}"),
            Some(2),
            Some(&format!("{head}{hinted}{tail}")),
        );
        // The last line may lack a newline, and the file may have CRLF line endings.
        check(head.trim_end(), None, Some(&format!("{head}{plain}")));
        let windows = |text: &str| text.replace('\n', "\r\n");
        check(
            &windows(&head),
            Some(2),
            Some(&windows(&format!("{head}{hinted}"))),
        );
        // Pitfalls may come before the cases and be indented differently.
        let early = format!("{HEAD}pitfalls:\n    a: b\n");
        let deeper = "    new: >-\n      It's \"new\": {a}.\n      Why #1?\n";
        check(
            &format!("{early}{CASES}"),
            None,
            Some(&format!("{early}{deeper}{CASES}")),
        );
    }

    #[test]
    fn a_map_in_braces_stays_one() {
        let flow = |inside: &str| format!("{HEAD}{CASES}pitfalls: {{{inside}}} # known\n");
        let new = "new: \"It's \\\"new\\\": {a}. Why #1?\"";
        check(&flow(""), None, Some(&flow(new)));
        check(
            &flow("a: {text: b}"),
            None,
            Some(&flow(&format!("a: {{text: b}}, {new}"))),
        );
        check(
            &flow("a: b,\n  c: \"}\",\n"),
            Some(3),
            Some(&flow(&format!(
                "a: b,\n  c: \"}}\", new: {{hint: 3, text: {}}}\n",
                &new[5..]
            ))),
        );
    }

    #[test]
    fn the_first_pitfall_brings_its_key() {
        let lines = "\npitfalls:\n  new: >-\n    It's \"new\": {a}.\n    Why #1?\n";
        let text = format!("{HEAD}{CASES}");
        check(&text, None, Some(&format!("{text}{lines}")));
    }

    #[test]
    fn what_cannot_be_placed_is_left_alone() {
        // A spec in braces over several lines is not supported.
        let whole = "{format: 1, title: t, difficulty: easy, points: 1, function: f, params: {x: 'f32[n]'}, returns: 'f32[n]',\n cases: [{name: c, given: {x: [1]}, expect: [1]}]}\n";
        check(whole, None, None);
        // A second entry with the same name is refused.
        let text = format!("{HEAD}{CASES}pitfalls: {{new: old}}\n");
        check(&text, None, None);
    }
}
