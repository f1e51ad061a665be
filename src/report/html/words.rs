//! Formatting on the page: counts, shares, and untrusted text.

use minijinja::{HtmlEscape, Value};

use crate::printable;
use crate::record::{CaseStatus, KataRecord, Status};
use crate::spec::CaseKind;
use crate::words::plural;

/// Returns the share of a kata's points that an answer earned, from 0 to 1.
pub(super) fn share(kata: &KataRecord) -> f64 {
    if kata.status == Status::Passed {
        1.0
    } else {
        kata.points.fraction()
    }
}

/// Formats a share in percent, rounded down: only a full share is 100 %.
pub(super) fn percent(share: f64) -> String {
    let rounded = (share * 100.0).round();
    // Only a full share is 100 %, and only an empty one is 0 %.
    let shown = match share {
        share if share >= 1.0 => 100.0,
        share if share <= 0.0 => 0.0,
        _ => rounded.clamp(1.0, 99.0),
    };
    format!("{shown}%")
}

/// Makes characters visible that hide or reorder untrusted text.
pub(super) fn visible(text: &str) -> String {
    printable::lines(text).into_owned()
}

/// Formats text between backticks as code; everything else is plain text.
pub(super) fn marked(text: &str) -> Value {
    let mut html = String::new();
    let parts: Vec<_> = text.split('`').collect();
    for (index, part) in parts.iter().enumerate() {
        let part = HtmlEscape(part);
        if index % 2 == 1 && index + 1 < parts.len() {
            html.push_str(&format!("<code>{part}</code>"));
        } else if index % 2 == 1 {
            html.push_str(&format!("`{part}"));
        } else {
            html.push_str(&part.to_string());
        }
    }
    Value::from_safe_string(html)
}

/// Quotes a word for a shell.
pub(super) fn quoted(word: &str) -> String {
    let plain = |char: char| char.is_ascii_alphanumeric() || "/._-+:@%".contains(char);
    if !word.is_empty() && word.chars().all(plain) && !word.starts_with('-') {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

/// Returns the CSS class of a cell for a result and its share of the points.
pub(super) fn class(status: Status, share: f64) -> &'static str {
    const HEAT: [&str; 11] = [
        "h0", "h1", "h2", "h3", "h4", "h5", "h6", "h7", "h8", "h9", "h10",
    ];
    match status {
        Status::Missing => "none",
        Status::Refused => "error",
        Status::Unjudged => "open",
        Status::Passed => "h10",
        Status::Failed => HEAT[((share * 10.0) as usize).min(9)],
    }
}

/// Writes the result of an answer as one letter, as the page's script knows it.
pub(super) fn letter(status: Status) -> char {
    match status {
        Status::Passed => 'p',
        Status::Failed => 'f',
        Status::Refused => 'r',
        Status::Unjudged => 'u',
        Status::Missing => 'm',
    }
}

/// Writes the result of a case as one letter, as the page's script knows it.
pub(super) fn case_letter(status: CaseStatus) -> char {
    match status {
        CaseStatus::Passed => 'p',
        CaseStatus::Differs => 'd',
        CaseStatus::Failed => 'f',
        CaseStatus::Waits => 'w',
        CaseStatus::Open => 'o',
    }
}

/// Writes the result of a case in words.
pub(super) fn case_words(status: CaseStatus) -> &'static str {
    match status {
        CaseStatus::Passed => "passed",
        CaseStatus::Differs => "differs",
        CaseStatus::Failed => "failed",
        CaseStatus::Waits => "not run",
        CaseStatus::Open => "not judged",
    }
}

/// Writes who may see a case; nothing when everyone may.
pub(super) fn kind(kind: CaseKind) -> &'static str {
    match kind {
        CaseKind::Shown => "",
        CaseKind::Hidden => "hidden",
        CaseKind::Sealed => "sealed",
    }
}

/// Removes the word from a headline that is shown next to it anyway.
pub(super) fn sentence(headline: &str) -> String {
    let done = ["not yet. ", "passed. "];
    let rest = done.iter().find_map(|word| headline.strip_prefix(word));
    let mut chars = rest.unwrap_or(headline).chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars).collect()
}

/// Truncates a string to a number of characters, and says so.
pub(super) fn clipped(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some((end, _)) => {
            let more = text[end..].chars().count();
            format!("{}\n… and {}", &text[..end], plural(more, "more character"))
        }
    }
}

/// The maximum number of characters of what one case printed: an answer may print without end.
pub(super) const PRINTED: usize = 4_000;
/// The maximum number of characters of a screen or a source.
pub(super) const SHOWN: usize = 100_000;
