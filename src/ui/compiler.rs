//! The compiler's errors: the first one, and as many others as fit on the screen.

use super::{plural, words};
use crate::verdict::CompilerMessage;

/// The errors in at most `most` lines. An error that is too long is cut at its end, because its beginning matters
/// most.
pub(super) fn errors(
    messages: &[CompilerMessage],
    colored: bool,
    columns: usize,
    most: usize,
) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let rows = |lines: &[String]| words::rows(lines, columns);
    for (index, message) in messages.iter().enumerate() {
        let text = message.rendered.trim_end();
        let text = if colored {
            text.to_owned()
        } else {
            words::strip(text)
        };
        let mut next: Vec<String> = text.lines().map(str::to_owned).collect();
        let others = more(messages.len() - index - 1, columns);
        let after = match others.len() {
            0 => 0,
            count => count + 1,
        };
        let before = rows(&lines) + usize::from(index > 0);
        if index == 0 && rows(&next) + after > most {
            let all = next.len();
            let ending = |kept: usize| {
                let left = plural(all - kept, "more line");
                words::wrap(&format!("… and {left} (`--full` shows them)"), columns, 0)
            };
            let taken = after + ending(0).lines().count();
            while next.len() > 1 && rows(&next) + taken > most {
                next.pop();
            }
            let reset = if colored { "\x1b[0m" } else { "" };
            let ending = format!("{reset}{}", ending(next.len()));
            next.extend(ending.lines().map(str::to_owned));
        } else if index > 0 && before + rows(&next) + after > most {
            lines.push(String::new());
            lines.extend(more(messages.len() - index, columns));
            return lines;
        }
        if index > 0 {
            lines.push(String::new());
        }
        lines.extend(next);
    }
    lines
}

/// The number of further errors; no line if there are none.
fn more(count: usize, columns: usize) -> Vec<String> {
    if count == 0 {
        return Vec::new();
    }
    let text = format!(
        "… and {}. Fix the first error; the rest may go away with it.",
        plural(count, "more error")
    );
    let wrapped = words::wrap(&text, columns, 0);
    wrapped.lines().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(lines: usize) -> CompilerMessage {
        CompilerMessage {
            text: "wrong".to_owned(),
            code: String::new(),
            line: 1,
            column: 1,
            rendered: (0..lines).map(|line| format!("line {line}\n")).collect(),
        }
    }

    #[track_caller]
    fn check(lengths: &[usize], most: usize, expected: &[&str]) {
        let messages: Vec<_> = lengths.iter().map(|lines| message(*lines)).collect();
        assert_eq!(errors(&messages, false, 80, most), expected);
    }

    #[test]
    fn the_first_error_is_shown_in_full_if_it_fits() {
        let more = "… and 2 more errors. Fix the first error; the rest may go away with it.";
        let one = "… and 1 more error. Fix the first error; the rest may go away with it.";
        check(&[2], 2, &["line 0", "line 1"]);
        check(&[2, 1, 1], 4, &["line 0", "line 1", "", more]);
        check(&[2, 1, 3], 6, &["line 0", "line 1", "", "line 0", "", one]);
        check(
            &[2, 1, 1],
            9,
            &["line 0", "line 1", "", "line 0", "", "line 0"],
        );
        check(
            &[9],
            4,
            &[
                "line 0",
                "line 1",
                "line 2",
                "… and 6 more lines (`--full` shows them)",
            ],
        );
        check(
            &[9, 1, 1],
            5,
            &[
                "line 0",
                "line 1",
                "… and 7 more lines (`--full` shows them)",
                "",
                more,
            ],
        );
    }
}
