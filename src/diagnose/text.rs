//! Text that differs only in its spaces, its case, or in one character that stands for another.

use super::Cause;
use super::Certainty;
use super::explanation::Explanation;
use super::shown::{Proof, Shown};
use crate::array::Value;

pub(super) struct Text;

/// Holds one way to make two texts equal.
struct Way {
    what: &'static str,
    text: &'static str,
    same: fn(&str, &str) -> bool,
}

const WAYS: &[Way] = &[
    Way {
        what: "the right text with other spaces or line ends around it",
        text: "Only the beginning or the end differs. Look for a newline that is printed or read with the text.",
        same: |expected, got| expected.trim() == got.trim(),
    },
    Way {
        what: "the right text in other cases",
        text: "Upper and lower case differ, nothing else does. Names in checkpoints are told apart by case.",
        same: |expected, got| expected.to_lowercase() == got.to_lowercase(),
    },
    Way {
        what: "the right text with other separators",
        text: "The words are right; what stands between them is not. Checkpoints put a dot between the parts of a name, \
               paths a slash.",
        same: |expected, got| {
            let words = |text: &str| -> Vec<String> {
                let parts = text.split(|char: char| !char.is_alphanumeric());
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
