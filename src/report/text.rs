//! Text helpers for every report.
//!
//! The formats call them. Each format does its own escaping.

use std::borrow::Cow;

pub(super) use data_encoding::BASE64;
use serde::Serialize;

use crate::printable;
use crate::record::{KataRecord, Points, Status, Submission, shown};

/// Returns a printable text as one trimmed line.
pub(super) fn one_line(text: &str) -> String {
    let lines = printable::lines(text);
    let words: Vec<_> = lines.split_whitespace().collect();
    words.join(" ")
}

/// Truncates a string to this many characters, with an ellipsis.
pub(super) fn clipped(text: &str, most: usize) -> Cow<'_, str> {
    let Some((end, _)) = text.char_indices().nth(most) else {
        return Cow::Borrowed(text);
    };
    let sign = " […]";
    let kept = most.saturating_sub(sign.chars().count());
    let cut = text
        .char_indices()
        .nth(kept)
        .map_or(end, |(index, _)| index);
    Cow::Owned(format!("{}{sign}", &text[..cut]))
}

/// Formats points for people: `5.5 of 8`.
pub(super) fn points(points: Points) -> String {
    format!("{} of {}", shown(points.given), points.most)
}

/// Returns the word for the result of an answer.
pub(super) fn word(status: Status) -> &'static str {
    match status {
        Status::Passed => "passed",
        Status::Failed => "not yet",
        Status::Refused => "cannot be run",
        Status::Missing => "no answer",
        Status::Unjudged => "not judged",
    }
}

/// Returns what happened and the first cause, as one line.
pub(super) fn explained(kata: &KataRecord) -> String {
    format!("{}{}", one_line(&kata.headline), cause(kata))
}

/// Returns the first cause as one line with a leading space; empty if there is none.
pub(super) fn cause(kata: &KataRecord) -> String {
    kata.causes.first().map_or_else(String::new, |cause| {
        format!(" {} {}", one_line(&cause.lead), one_line(&cause.text))
    })
}

/// Returns whether there is more to report about a kata than its points.
pub(super) fn missed(kata: &KataRecord) -> bool {
    kata.status != Status::Passed
}

/// Returns the path to look at: the answer's file, or the folder where it should be.
pub(super) fn file(kata: &KataRecord) -> String {
    let expected = || format!("katas/{}", kata.kata);
    kata.answer
        .as_ref()
        .map_or_else(expected, |answer| one_line(&answer.file))
}

/// Returns the display name of a submission; never empty.
pub(super) fn label(submission: &Submission) -> String {
    let names = [submission.label(), &submission.id];
    let mut lines = names.into_iter().map(one_line);
    lines
        .find(|line| !line.is_empty())
        .unwrap_or_else(|| "without a name".to_owned())
}

/// Splits a whole number into parts that differ by at most one.
pub(super) fn dealt(whole: u64, count: usize) -> Vec<u64> {
    let count = count as u64;
    let share = |index: u64| whole / count + u64::from(index < whole % count);
    (0..count).map(share).collect()
}

/// Writes a value as a file of JSON.
pub(super) fn json(value: &impl Serialize) -> Vec<u8> {
    let mut json = serde_json::to_vec_pretty(value).expect("plain fields always have a JSON form");
    json.push(b'\n');
    json
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_between_characters() {
        assert_eq!(clipped("éééééé", 6), "éééééé");
        assert_eq!(clipped("ééééééé", 6), "éé […]");
        assert_eq!(clipped("🦀🦀🦀🦀🦀🦀", 5), "🦀 […]");
    }

    #[test]
    fn a_line_has_no_line_ends_and_no_hidden_text() {
        assert_eq!(one_line("  a\n b\t\tc\u{2066}"), "a b c\\u{2066}");
    }

    #[test]
    fn a_whole_is_dealt_out() {
        assert_eq!(dealt(10, 4), [3, 3, 2, 2]);
        assert_eq!(dealt(0, 2), [0, 0]);
        assert!(dealt(7, 0).is_empty());
    }
}
