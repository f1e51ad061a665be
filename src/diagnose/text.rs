//! Text that differs only in whitespace, capitalization, or the separator.

use super::Cause;
use super::Certainty;
use super::explanation::Explanation;
use super::shown::{Proof, Shown};
use crate::array::Value;

pub(super) struct Text;

/// A way to make two texts equal.
struct Way {
    what: &'static str,
    text: &'static str,
    same: fn(&str, &str) -> bool,
}

const WAYS: &[Way] = &[
    Way {
        what: "the right text, with different whitespace around it",
        text: "Only whitespace at the start or the end differs. Look for a newline that was read or written with the text.",
        same: |expected, got| expected.trim() == got.trim(),
    },
    Way {
        what: "the right text, but with different capitalization",
        text: "Only the capitalization differs. Names in checkpoints are case-sensitive.",
        same: |expected, got| expected.to_lowercase() == got.to_lowercase(),
    },
    Way {
        what: "the right text, with different separators",
        text: "The words are right, but the characters between them are not. Names in checkpoints use dots, and paths use \
               slashes.",
        same: |expected, got| {
            let words = |text: &str| -> Vec<String> {
                // A `#` or a `*` is part of a word, not a separator.
                let parts =
                    text.split(|char: char| char.is_whitespace() || "./:,;_-|".contains(char));
                parts
                    .filter(|part| !part.is_empty())
                    .map(str::to_owned)
                    .collect()
            };
            !words(expected).is_empty() && words(expected) == words(got)
        },
    },
];

impl Cause for Text {
    fn id(&self) -> &'static str {
        "text"
    }

    fn explain(&self, shown: &Shown<'_>) -> Option<Explanation> {
        WAYS.iter().find_map(|way| {
            let explained = shown
                .texts
                .iter()
                .filter(|(_, expected, got)| match (expected, got) {
                    (Value::Str(expected), Value::Str(got)) => {
                        expected != got && (way.same)(expected, got)
                    }
                    _ => false,
                });
            let explains: Vec<usize> = explained.map(|(place, ..)| *place).collect();
            if explains.is_empty() {
                return None;
            }
            let certainty = match explains.len() == shown.wrong {
                true => Certainty::ThisIs,
                false => Certainty::LooksLike,
            };
            let proof = Proof {
                certainty,
                explains,
            };
            Some(shown.tell(self.id(), proof, way.what, way.text, None))
        })
    }
}
