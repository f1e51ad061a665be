//! Makes untrusted text safe to show: nothing in it moves the cursor, hides text, changes the text direction or
//! ends a line.
//!
//! One table says which characters are shown as codes, written as in Rust: `\u{1b}`. Compiler messages, what answers
//! print, course texts and file names go through here where they enter, and everything that `ui` prints goes through
//! here again. Each report format does its own escaping.

use std::borrow::Cow;
use std::path::Path;

/// The characters that are shown as their code, in order.
///
/// They are the control characters, what Unicode calls default ignorable (it draws nothing, so text could hide in
/// it), the marks that change the text direction, the separators of lines and paragraphs, and the marks of
/// interlinear annotation.
const CODES: &[(char, char)] = &[
    // C0.
    ('\0', '\u{1f}'),
    // DEL and C1.
    ('\u{7f}', '\u{9f}'),
    // The soft hyphen.
    ('\u{ad}', '\u{ad}'),
    // The grapheme joiner.
    ('\u{34f}', '\u{34f}'),
    // The Arabic letter mark.
    ('\u{61c}', '\u{61c}'),
    // Invisible Hangul and Khmer letters.
    ('\u{115f}', '\u{1160}'),
    ('\u{17b4}', '\u{17b5}'),
    // Mongolian selectors.
    ('\u{180b}', '\u{180f}'),
    // The zero-width space, joiners, direction marks.
    ('\u{200b}', '\u{200f}'),
    // Separators of lines and paragraphs, embeddings and overrides of the direction.
    ('\u{2028}', '\u{202e}'),
    // The word joiner, invisible operators, isolates, old format marks.
    ('\u{2060}', '\u{206f}'),
    // An invisible Hangul letter.
    ('\u{3164}', '\u{3164}'),
    // Noncharacters.
    ('\u{fdd0}', '\u{fdef}'),
    // Variation selectors.
    ('\u{fe00}', '\u{fe0f}'),
    // The byte order mark.
    ('\u{feff}', '\u{feff}'),
    // An invisible Hangul letter.
    ('\u{ffa0}', '\u{ffa0}'),
    // Unassigned code points, and interlinear annotation.
    ('\u{fff0}', '\u{fffb}'),
    // Shorthand and musical format marks.
    ('\u{1bca0}', '\u{1bca3}'),
    ('\u{1d173}', '\u{1d17a}'),
    // Tags and more variation selectors.
    ('\u{e0000}', '\u{e0fff}'),
];

/// Whether a character is shown as its code, unless it belongs to the character before it.
#[must_use]
pub(crate) fn has_code(char: char) -> bool {
    // Fast path: most text is ASCII.
    if matches!(char, ' '..='~') {
        return false;
    }
    // The last two code points of each plane are noncharacters.
    let is_none = u32::from(char) & 0xfffe == 0xfffe;
    is_none
        || CODES
            .iter()
            .any(|(first, last)| (*first..=*last).contains(&char))
}

fn is_selector(char: char) -> bool {
    matches!(char, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Whether an invisible character changes the shape of its neighbors as in real text: it joins an emoji of several
/// people, separates letters of a Persian word, or selects a variant of a letter in a Japanese name.
///
/// Next to ASCII they change nothing and only hide; and each counts only once.
fn belongs(previous: Option<char>, char: char, next: Option<char>) -> bool {
    let has_shape = |it: char| !it.is_ascii() && !it.is_whitespace() && !has_code(it);
    match char {
        '\u{200c}' | '\u{200d}' => {
            previous.is_some_and(|it| has_shape(it) || is_selector(it))
                && next.is_some_and(has_shape)
        }
        selector if is_selector(selector) => previous.is_some_and(has_shape),
        _ => false,
    }
}

/// A text as one line: line ends and tabs are shown as codes too.
#[must_use]
pub(crate) fn line(text: &str) -> Cow<'_, str> {
    shown(text, |_| false, |_| None)
}

/// A text of several lines: line ends and tabs stay, and CRLF becomes LF.
#[must_use]
pub(crate) fn lines(text: &str) -> Cow<'_, str> {
    shown(text, is_layout, |_| None)
}

/// A text of several lines that may be colored: plain color codes stay as well, and the last one ends the colors.
#[must_use]
pub(crate) fn styled(text: &str) -> Cow<'_, str> {
    let mut open = false;
    let text = shown(text, is_layout, |rest| {
        let length = style(rest)?;
        open = !matches!(&rest[..length], "\x1b[0m" | "\x1b[m");
        Some(length)
    });
    if open { text + "\x1b[0m" } else { text }
}

/// A path as one line.
#[must_use]
pub(crate) fn path(path: &Path) -> String {
    line(&path.to_string_lossy()).into_owned()
}

fn is_layout(char: char) -> bool {
    matches!(char, '\n' | '\t')
}

/// Escapes a text, except for the characters and color codes that are kept.
fn shown<'a>(
    text: &'a str,
    keeps: fn(char) -> bool,
    mut style: impl FnMut(&'a str) -> Option<usize>,
) -> Cow<'a, str> {
    let mut out = String::new();
    // The start of the part that is not yet in `out`: a text without codes is never copied.
    let (mut rest, mut at, mut previous) = (0, 0, None);
    while let Some(char) = text[at..].chars().next() {
        let length = char.len_utf8();
        let next = || text[at + length..].chars().next();
        if !has_code(char) || keeps(char) || belongs(previous, char, next()) {
            at += length;
        } else if let Some(kept) = style(&text[at..]) {
            at += kept;
        } else {
            out.push_str(&text[rest..at]);
            at += length;
            rest = at;
            let ends_line = char == '\r' && keeps('\n') && text[at..].starts_with('\n');
            if !ends_line {
                out.extend(char.escape_unicode());
            }
        }
        previous = Some(char);
    }
    if rest == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[rest..]);
    Cow::Owned(out)
}

/// The length of the color code that a text begins with.
///
/// It is `ESC [` digits `m` with numbers that compilers and katas use: bold, faint, italic, underlined, a color that is not
/// black, and the ends of those. Others could hide text.
#[must_use]
pub(crate) fn style(text: &str) -> Option<usize> {
    let inside = text.strip_prefix("\x1b[")?;
    let end = inside.find(|char: char| !char.is_ascii_digit() && char != ';')?;
    let is_plain = inside[end..].starts_with('m') && is_plain_style(&inside[..end]);
    is_plain.then_some(2 + end + 1)
}

fn is_plain_style(numbers: &str) -> bool {
    let mut numbers = numbers.split(';');
    while let Some(number) = numbers.next() {
        let is_plain = match number {
            // One of the 16 colors, as the compiler names them.
            "38" if numbers.next() == Some("5") => {
                matches!(numbers.next().map(str::parse), Some(Ok(1..=7 | 9..=15_u8)))
            }
            "" | "0" | "1" | "2" | "3" | "4" | "22" | "23" | "24" | "39" => true,
            number => matches!(number.parse(), Ok(31..=37 | 91..=97_u8)),
        };
        if !is_plain {
            return false;
        }
    }
    true
}

/// The text without commands, if a CI service would read commands from its lines: GitHub and similar services take a
/// line that begins with `::`, and like Azure and TeamCity what follows `##` and ends in `[`.
///
/// The first character of such a command is shown as its code, in a form that is also valid in JSON.
#[must_use]
pub(crate) fn without_commands(text: &str) -> Cow<'_, str> {
    let is_command = |at: usize| {
        let (before, rest) = text.split_at(at);
        if rest.starts_with("::") {
            let line = before.rsplit(['\n', '\r']).next().unwrap_or_default();
            return line.trim_start().is_empty();
        }
        let name = rest.strip_prefix("##").unwrap_or_default();
        name.trim_start_matches(|char: char| char.is_ascii_alphabetic())
            .starts_with('[')
    };
    let signs = text.match_indices([':', '#']).map(|(at, _)| at);
    let mut out = String::new();
    let mut rest = 0;
    for at in signs.filter(|at| is_command(*at)) {
        out.push_str(&text[rest..at]);
        out.push_str(&format!("\\u{:04x}", text.as_bytes()[at]));
        rest = at + 1;
    }
    if rest == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[rest..]);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests;
