//! Text: wrapping, widths, lists of names.

use unicode_width::UnicodeWidthStr;

use crate::compare::Rule;
use crate::printable;
pub use crate::words::plural;

/// The number of columns of a string on a screen, not counting color codes.
pub(super) fn width(text: &str) -> usize {
    if text.contains('\x1b') {
        strip(text).width()
    } else {
        text.width()
    }
}

/// The number of lines that these take on a screen, where a line that is too wide is wrapped.
pub(super) fn rows(lines: &[String], columns: usize) -> usize {
    let each = lines.iter();
    each.map(|line| width(line).div_ceil(columns).max(1)).sum()
}

/// The text without color codes.
pub(super) fn strip(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\x1b') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        match printable::style(rest) {
            Some(length) => rest = &rest[length..],
            None => {
                plain.push('\x1b');
                rest = &rest[1..];
            }
        }
    }
    plain + rest
}

/// A comparison rule, as the tolerance it allows.
pub(super) fn rule(rule: &Rule) -> String {
    match rule {
        Rule::Bits => "the same bits".to_owned(),
        Rule::Ulp(steps) => format!("{steps} ulp of the expected value"),
        Rule::ScaledUlp(steps) => {
            format!("{steps} ulp of the largest expected value")
        }
        Rule::Close { rtol, atol } => match (*rtol > 0.0, *atol > 0.0) {
            (false, _) => format!("{atol} of the expected value"),
            (true, false) => format!("{rtol} times the expected value"),
            (true, true) => format!("{atol} plus {rtol} times the expected value"),
        },
    }
}

/// The sentence about hidden cases whose tolerance is rounded down.
pub const NARROWED: &str = "Hidden cases round the tolerance down to a power of two, so they can be stricter than shown cases. \
     A difference of at most half the tolerance always passes.";

/// A space at which no line is broken.
const STAY: char = '\u{a0}';

/// The text as a single word for [`wrap`].
pub(super) fn unbroken(text: &str) -> String {
    text.replace(' ', &STAY.to_string())
}

/// The text with ordinary spaces again, for lines that [`wrap`] did not make, because people copy code from them.
pub(super) fn spaced(text: &str) -> String {
    text.replace(STAY, " ")
}

/// Makes everything between two backticks that fits into `columns` a single word, so that commands can be copied.
fn copyable(text: &str, columns: usize) -> String {
    let parts = text.split('`').enumerate();
    let count = text.matches('`').count();
    let part = |(index, part): (usize, &str)| {
        let is_code = index % 2 == 1 && index < count;
        match is_code && width(part) <= columns {
            true => unbroken(part),
            false => part.to_owned(),
        }
    };
    parts.map(part).collect::<Vec<_>>().join("`")
}

/// The text after a label of `indent` columns: the first line is wrapped, and the next lines are indented below its
/// beginning.
///
/// All lines but the first come from a tool and stay as they are. A path or a command is never truncated: if it is
/// too long, it extends beyond the edge.
pub(super) fn hanging(text: &str, columns: usize, indent: usize) -> String {
    let (first, rest) = match text.split_once('\n') {
        Some((first, rest)) => (first, Some(rest)),
        None => (text, None),
    };
    let wrapped = wrap(&copyable(first, usize::MAX), columns, indent);
    let mut text = wrapped.trim_start().to_owned();
    if let Some(rest) = rest {
        text.push('\n');
        text.push_str(rest);
    }
    text
}

/// Breaks sentences at spaces so that no line is wider than `columns`, and indents each line; a longer word stays
/// whole.
///
/// Text between backticks is broken only if it is wider than a line.
pub(super) fn wrap(text: &str, columns: usize, indent: usize) -> String {
    // Two columns for the backticks, and one for a punctuation mark after them.
    let room = columns.saturating_sub(indent + 3);
    let lines = text
        .lines()
        .map(|line| wrap_line(&copyable(line, room), columns, indent));
    lines.collect::<Vec<_>>().join("\n").replace(STAY, " ")
}

fn wrap_line(line: &str, columns: usize, indent: usize) -> String {
    let margin = " ".repeat(indent);
    let mut wrapped = String::new();
    let mut used = 0;
    for word in line.split(' ').filter(|word| !word.is_empty()) {
        let wide = width(word);
        if used == 0 {
            wrapped.push_str(&margin);
            used = indent + wide;
        } else if used + 1 + wide > columns {
            wrapped.push('\n');
            wrapped.push_str(&margin);
            used = indent + wide;
        } else {
            wrapped.push(' ');
            used += 1 + wide;
        }
        wrapped.push_str(word);
    }
    wrapped
}

/// Truncates a string to `columns` columns, with an ellipsis.
pub(super) fn clip(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut clipped = String::new();
    let mut used = 0;
    for char in strip(text).chars() {
        used += width(char.encode_utf8(&mut [0; 4]));
        if used + 1 > columns {
            break;
        }
        clipped.push(char);
    }
    clipped.push('…');
    clipped
}

/// A row with a text at each end; if there is too little room, the first is truncated.
pub(super) fn both_ends(left: &str, right: &str, columns: usize) -> String {
    let room = columns.saturating_sub(width(right) + 2);
    let left = clip(left, room);
    let gap = columns.saturating_sub(width(&left) + width(right));
    format!("{left}{}{right}", " ".repeat(gap))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_at_spaces() {
        assert_eq!(wrap("one two three", 9, 2), "  one two\n  three");
        assert_eq!(wrap(&format!("a {}", unbroken("b c")), 4, 0), "a\nb c");
        assert_eq!(wrap("a\n\nb", 9, 1), " a\n\n b");
        assert_eq!(wrap("a `b c` d", 6, 0), "a\n`b c`\nd");
        assert_eq!(wrap("a `b c d e` f", 7, 0), "a `b c\nd e` f");
        assert_eq!(
            wrap("\x1b[31mred\x1b[0m blue", 8, 0),
            "\x1b[31mred\x1b[0m blue"
        );
    }

    #[test]
    fn what_is_copied_stays_whole() {
        let hang = |text| hanging(text, 20, 6);
        assert_eq!(hang("one two three four"), "one two three\n      four");
        assert_eq!(
            hang("type `katas init DIR` and go"),
            "type\n      `katas init DIR`\n      and go"
        );
        assert_eq!(
            hang("cannot read /a/very/long/path/to/a/file"),
            "cannot read\n      /a/very/long/path/to/a/file"
        );
        // A tool's text, and a single backtick.
        assert_eq!(
            hang("it says:\n   a  b c d e f g h i j k"),
            "it says:\n   a  b c d e f g h i j k"
        );
        assert_eq!(
            hang("the sign ` in a line alone"),
            "the sign ` in\n      a line alone"
        );
        assert_eq!(hang(""), "");
    }

    #[test]
    fn long_texts_are_cut() {
        assert_eq!(clip("abcdef", 6), "abcdef");
        assert_eq!(clip("abcdefg", 6), "abcde…");
    }

    #[test]
    fn a_row_with_two_ends_is_as_wide_as_the_screen() {
        assert_eq!(both_ends("left", "right", 12), "left   right");
        assert_eq!(both_ends("a long text", "right", 12), "a lo…  right");
    }
}
