//! What an element of an output is made of, and the tags by which it is recognized.

use std::collections::BTreeSet;
use std::fmt;

use super::mix::mix;

/// What an element of an output is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Zero: no tagged element.
    Nothing,
    /// The tagged element with this number.
    Element(usize),
    /// The same with the other sign.
    Negated(usize),
    /// Twice the element.
    Doubled(usize),
    /// Something else.
    Unknown,
}

impl Source {
    /// Parses what `Display` writes.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let number = |text: &str| text.parse().ok();
        match text.split_at_checked(1)? {
            (".", "") => Some(Self::Nothing),
            ("-", rest) => number(rest).map(Self::Negated),
            ("+", rest) => number(rest).map(Self::Doubled),
            ("?", "") => Some(Self::Unknown),
            _ => number(text).map(Self::Element),
        }
    }

    /// The number of the tagged element.
    #[must_use]
    pub fn element(self) -> Option<usize> {
        match self {
            Self::Element(element) | Self::Negated(element) | Self::Doubled(element) => {
                Some(element)
            }
            Self::Nothing | Self::Unknown => None,
        }
    }

    /// The source of an output with this value, given the tags of all elements.
    pub(super) fn of(value: f64, tags: &[f64]) -> Self {
        let element = |value: f64| tags.iter().position(|tag| *tag == value);
        if value == 0.0 {
            return Self::Nothing;
        }
        let found = element(value).map(Self::Element);
        let found = found.or_else(|| element(-value).map(Self::Negated));
        let found = found.or_else(|| element(value / 2.0).map(Self::Doubled));
        found.unwrap_or(Self::Unknown)
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => write!(f, "."),
            Self::Element(number) => write!(f, "{number}"),
            Self::Negated(number) => write!(f, "-{number}"),
            Self::Doubled(number) => write!(f, "+{number}"),
            Self::Unknown => write!(f, "?"),
        }
    }
}

/// The tags of this many elements. They are between 1 and 2, so that twice a tag and the sum of two are no tags; and they
/// are few among the numbers of their kind, and irregular, so that arithmetic with tags hardly ever gives a tag.
pub(super) fn tags(count: usize) -> Vec<f64> {
    let unit = (16 * count as u64).next_power_of_two();
    let mut used = BTreeSet::new();
    let mut tags = Vec::with_capacity(count);
    for place in 0.. {
        let number = mix(place) % unit;
        if tags.len() == count {
            break;
        }
        if number != 0 && used.insert(number) {
            tags.push(1.0 + number as f64 / unit as f64);
        }
    }
    tags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_read_as_it_is_written() {
        for source in [
            Source::Nothing,
            Source::Element(0),
            Source::Element(17),
            Source::Negated(3),
            Source::Doubled(40),
            Source::Unknown,
        ] {
            assert_eq!(Source::parse(&source.to_string()), Some(source));
        }
        for other in ["", "x", "-", "1.5", "..", "??"] {
            assert_eq!(Source::parse(other), None, "{other}");
        }
    }

    /// Outputs that have the right numbers, by arithmetic or by sorting, are not taken for moved elements.
    #[test]
    fn arithmetic_with_tags_gives_no_tags() {
        for count in [6, 24, 256] {
            let tags = tags(count);
            let least = tags.iter().copied().fold(f64::MAX, f64::min);
            let most = tags.iter().copied().fold(f64::MIN, f64::max);
            let mirrored = tags.iter().map(|tag| Source::of(least + most - tag, &tags));
            let unknown = mirrored.filter(|source| *source == Source::Unknown).count();
            assert!(unknown + 2 >= count * 4 / 5, "{unknown} of {count}");
            assert!(!tags.is_sorted() && !tags.iter().rev().is_sorted());
        }
    }

    #[test]
    fn tags_are_recognized_with_a_sign_and_twice() {
        for count in [1, 2, 3, 100, 4096] {
            let tags = tags(count);
            assert_eq!(tags.len(), count);
            for place in [0, count / 2, count - 1] {
                let tag = tags[place];
                assert_eq!(f64::from(tag as f32), tag);
                assert_eq!(Source::of(tag, &tags), Source::Element(place));
                assert_eq!(Source::of(-tag, &tags), Source::Negated(place));
                assert_eq!(Source::of(2.0 * tag, &tags), Source::Doubled(place));
            }
            for other in [1.0, 2.0, 0.5, f64::NAN, f64::INFINITY] {
                assert_eq!(Source::of(other, &tags), Source::Unknown, "{other}");
            }
            assert_eq!(Source::of(0.0, &tags), Source::Nothing);
        }
    }
}
