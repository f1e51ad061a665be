//! A digest that all outputs near a recorded one have: for a kata with a tolerance, where two programs with the same
//! mistake can give slightly different outputs.
//!
//! Like the cells of a hidden case, but nothing here is secret, so these cells are wider: an output within the tolerance
//! is nearly always recognized (`compare/cells.rs` has the numbers). Only the place of each element in its cell is
//! recorded, in sixteenths, and one digest of the numbers of all cells: an eighth of what the elements would take.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::canonical;
use super::hex::encode;
use super::short::ShortDigest;
use crate::array::{Array, Value};
use crate::compare::{Cell, Mark, Rules, marks};
use crate::spec::Spec;

/// What is recorded of an output so that others near it are recognized.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Near {
    digest: ShortDigest,
    /// The mark of each element; `None` if it is compared bit for bit.
    marks: Vec<Option<Mark>>,
}

/// The prefix of one in a lock.
const PREFIX: &str = "near";

/// Stands for an element that is compared bit for bit.
const EXACT: char = '-';

impl Near {
    /// Records an output.
    #[must_use]
    pub(super) fn new(spec: &Spec, rules: &Rules, output: &Array) -> Self {
        let marks = marks(output, rules, spec.zeros);
        Self {
            digest: digest(spec, rules, &marks, output),
            marks,
        }
    }

    /// Whether an output is near this one.
    #[must_use]
    pub fn matches(&self, spec: &Spec, rules: &Rules, output: &Array) -> bool {
        self.marks.len() == output.len() && self.digest == digest(spec, rules, &self.marks, output)
    }

    /// The digest of the output's cells.
    #[must_use]
    pub fn digest(&self) -> &ShortDigest {
        &self.digest
    }
}

/// The digest of the numbers of the cells that contain the elements of an output.
fn digest(spec: &Spec, rules: &Rules, marks: &[Option<Mark>], output: &Array) -> ShortDigest {
    let mut cells = Vec::with_capacity(marks.len());
    for (run, rule) in rules.runs(marks.len()) {
        let own = marks[run].iter();
        cells.extend(own.map(|mark| mark.and_then(|mark| Cell::marked(mark, &rule))));
    }
    let form = canonical::in_cells(spec, &cells, Ok(&Value::Array(output.clone())));
    ShortDigest::of(&form)
}

/// `near DIGEST WIDTH MARKS`: the width of a cell, once for all elements that follow with the same width, and a digit for
/// each element.
impl Serialize for Near {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut text = format!("{PREFIX} {}", encode(&self.digest.0));
        let mut width = None;
        for mark in &self.marks {
            let own = mark.map(|mark| mark.width);
            if width.is_none() || own.is_some_and(|own| width != Some(own)) {
                let own = own.unwrap_or_default();
                text.push_str(&format!(" {own} "));
                width = Some(own);
            }
            let digit = mark.map(|mark| char::from_digit(u32::from(mark.sixteenths), 16));
            text.push(digit.flatten().unwrap_or(EXACT));
        }
        serializer.serialize_str(&text)
    }
}

impl<'de> Deserialize<'de> for Near {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("not an output"))
    }
}

impl Near {
    /// Reads one as a lock has it.
    #[must_use]
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut words = text.strip_prefix(PREFIX)?.strip_prefix(' ')?.split(' ');
        let digest = ShortDigest::parse(words.next()?)?;
        let mut marks = Vec::new();
        while let Some(width) = words.next() {
            let width = width.parse().ok()?;
            for digit in words.next()?.chars() {
                let mark = |sixteenths: u32| {
                    let sixteenths = u8::try_from(sixteenths).ok()?;
                    Some(Mark { width, sixteenths })
                };
                marks.push(match digit {
                    EXACT => None,
                    '0'..='9' | 'a'..='f' => Some(mark(digit.to_digit(16)?)?),
                    _ => return None,
                });
            }
        }
        Some(Self { digest, marks })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_each_width_once() {
        let mark = |width, sixteenths| Some(Mark { width, sixteenths });
        let check = |marks: Vec<Option<Mark>>, expected: &str| {
            let near = Near {
                digest: ShortDigest::start_of(&[1; 32]),
                marks,
            };
            let text = format!("near 0101010101010101{expected}");
            assert_eq!(serde_json::to_value(&near).expect("it is text"), text);
            assert_eq!(Near::parse(&text), Some(near));
        };
        check(vec![], "");
        check(vec![mark(136, 0), mark(136, 15), None], " 136 0f-");
        check(
            vec![mark(3, 1), None, mark(4, 2), mark(3, 3)],
            " 3 1- 4 2 3 3",
        );
        check(vec![None, mark(3, 1)], " 0 - 3 1");
        for wrong in [
            "near",
            "near 01",
            "near 0101010101010101 3",
            "near 0101010101010101 x 1",
            "near 0101010101010101 3 g",
            "near 0101010101010101 3 A",
            "far 0101010101010101 3 1",
        ] {
            assert_eq!(Near::parse(wrong), None, "{wrong}");
        }
    }
}
