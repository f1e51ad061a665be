//! Two different texts: the first line in which they differ, from both, with a mark at the first difference.

use super::{plural, words};
use crate::array::Value;
use crate::verdict::Outputs;

/// How texts of several lines differ, as a sentence that follows the case's name.
pub(super) fn sentence(outputs: &Outputs) -> Option<String> {
    let (expected, got) = texts(outputs)?;
    let has_lines = expected.contains('\n') || got.contains('\n');
    has_lines.then(|| Some(difference(expected, got)?.sentence()))?
}

/// The differing line of texts that are too long to be shown in quotes on one line.
pub(super) fn table(outputs: &Outputs, columns: usize, most: usize) -> Option<String> {
    const AROUND: usize = 14;
    let (expected, got) = texts(outputs)?;
    let is_long = |text: &str| text.contains('\n') || words::width(text) + AROUND > columns;
    let lines = is_long(expected) || is_long(got);
    lines.then(|| Some(difference(expected, got)?.table(columns, most)))?
}

fn texts(outputs: &Outputs) -> Option<(&str, &str)> {
    match (&outputs.expected, &outputs.got) {
        (Value::Str(expected), Value::Str(got)) => Some((expected, got)),
        _ => None,
    }
}

/// The first difference between two texts, by lines.
struct LineDifference<'a> {
    /// The line number, from 1.
    line: usize,
    /// That line of each text; `None` if the text has ended before.
    expected: Option<&'a str>,
    got: Option<&'a str>,
    /// The length of the common prefix of the two lines, in characters.
    alike: usize,
    /// The number of lines after it in the expected text.
    after: usize,
}

/// Finds the first line that differs.
fn difference<'a>(expected: &'a str, got: &'a str) -> Option<LineDifference<'a>> {
    let (mut ours, mut theirs) = (expected.split('\n'), got.split('\n'));
    let mut line = 1;
    loop {
        let (expected, got) = (ours.next(), theirs.next());
        if expected.is_none() && got.is_none() {
            return None;
        }
        if expected != got {
            let pairs = expected
                .unwrap_or_default()
                .chars()
                .zip(got.unwrap_or_default().chars());
            return Some(LineDifference {
                line,
                expected,
                got,
                alike: pairs.take_while(|(a, b)| a == b).count(),
                after: ours.count(),
            });
        }
        line += 1;
    }
}

impl LineDifference<'_> {
    /// How the texts differ, as a sentence that follows the case's name.
    fn sentence(&self) -> String {
        let line = self.line;
        match (self.expected, self.got) {
            (Some(_), None) => format!("line {line} and all lines after it are missing."),
            (None, _) => format!("there is an extra line, line {line}."),
            (Some(_), Some(_)) => {
                format!(
                    "line {line} differs, starting at character {}.",
                    self.alike + 1
                )
            }
        }
    }

    /// The two lines, indented by two columns and no wider than the screen; if there is more room, also a mark and
    /// the number of surrounding lines.
    fn table(&self, columns: usize, most: usize) -> String {
        const LABEL: usize = 12;
        let room = columns.saturating_sub(LABEL + 1).max(8);
        // Of a long line, only the part around the difference is shown.
        let start = if self.alike >= room {
            self.alike - room / 2
        } else {
            0
        };
        let shown = |line: Option<&str>| match line {
            None => "(no such line)".to_owned(),
            Some("") => "(an empty line)".to_owned(),
            Some(line) => {
                // Spaces at the end are invisible, so they are shown as dots.
                let text = line.trim_end_matches(' ');
                let line = format!("{text}{}", "·".repeat(line.len() - text.len()));
                let rest: String = line.chars().skip(start).collect();
                let rest = if start > 0 {
                    format!("…{rest}")
                } else {
                    rest
                };
                words::clip(&rest, room)
            }
        };
        let mut lines = vec![
            format!("  expected  {}", shown(self.expected)),
            format!("  got       {}", shown(self.got)),
        ];
        if let (Some(_), Some(_)) = (self.expected, self.got) {
            let at = self.alike - start + usize::from(start > 0);
            lines.push(format!("{}^", " ".repeat(LABEL + at)));
        }
        let around: Vec<_> = [(self.line - 1, "before"), (self.after, "after")]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, side)| format!("{} {side}", plural(count, "line")))
            .collect();
        if !around.is_empty() {
            lines.push(format!("  ({})", around.join(", ")));
        }
        lines.truncate(most.max(2));
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::difference;

    #[track_caller]
    fn check(expected: &str, got: &str, sentence: &str, table: &str) {
        let found = difference(expected, got).expect("they differ");
        assert_eq!(found.sentence(), sentence);
        assert_eq!(found.table(40, 9), table);
    }

    #[test]
    fn the_first_line_that_differs_is_shown() {
        check(
            "a\nkernel 4x8\nc",
            "a\nkernel 8x4\nc",
            "line 2 differs, starting at character 8.",
            "  expected  kernel 4x8\n  got       kernel 8x4\n                   ^\n  (1 line before, 1 line after)",
        );
        check(
            "a\nb",
            "a",
            "line 2 and all lines after it are missing.",
            "  expected  b\n  got       (no such line)\n  (1 line before)",
        );
        check(
            "a",
            "a\n",
            "there is an extra line, line 2.",
            "  expected  (no such line)\n  got       (an empty line)\n  (1 line before)",
        );
        let long = "model/layers/0/self_attn/q_proj/kernel";
        check(
            &format!("{long} 1\n"),
            &format!("{long} 2\n"),
            "line 1 differs, starting at character 40.",
            "  expected  …_proj/kernel 1\n  got       …_proj/kernel 2\n                          ^\n  (1 line after)",
        );
    }

    #[test]
    fn a_space_at_the_end_is_seen() {
        check(
            "a b",
            "a b  ",
            "line 1 differs, starting at character 4.",
            "  expected  a b\n  got       a b··\n               ^",
        );
    }
}
