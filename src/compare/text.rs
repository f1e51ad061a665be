//! Compares bytes and text exactly, and finds the first difference.

use super::{ByteDifference, Comparison, TextDifference};

pub(super) fn compare_bytes(expected: &[u8], got: &[u8]) -> Comparison {
    if expected == got {
        return Comparison::Equal;
    }
    let index = common(expected.iter(), got.iter());
    Comparison::Bytes(ByteDifference {
        index,
        expected: expected.get(index).copied(),
        got: got.get(index).copied(),
        expected_length: expected.len(),
        got_length: got.len(),
    })
}

pub(super) fn compare_text(expected: &str, got: &str) -> Comparison {
    if expected == got {
        return Comparison::Equal;
    }
    let index = common(expected.chars(), got.chars());
    let before = expected.chars().take(index);
    let (mut line, mut column) = (1, 1);
    for character in before {
        (line, column) = match character {
            '\n' => (line + 1, 1),
            _ => (line, column + 1),
        };
    }
    Comparison::Text(TextDifference {
        index,
        line,
        column,
        expected: expected.chars().nth(index),
        got: got.chars().nth(index),
        expected_length: expected.chars().count(),
        got_length: got.chars().count(),
    })
}

/// Returns the length of the common prefix of two sequences.
fn common<T: PartialEq>(a: impl Iterator<Item = T>, b: impl Iterator<Item = T>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).count()
}
