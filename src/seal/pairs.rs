//! Two known mistakes in one answer: a short digest of the outcomes of each pair, on the shown cases and on probes.
//!
//! A pair is looked up by this digest, so a lock contains no output of a pair. Probes are inputs that are not graded:
//! without them, one in twenty programs with other mistakes would match some pair on the shown cases alone.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::hex::Hex;
use super::mistake::Fingerprint;
use crate::digest;

/// The pairs of known mistakes of a kata.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pairs {
    /// The inputs besides the shown cases.
    pub probes: Vec<Probe>,
    /// The digest of each pair, by the id of the first mistake and then of the second.
    known: BTreeMap<String, BTreeMap<String, Hex<6>>>,
}

/// A shown case with one input changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Probe {
    /// The name of the case.
    pub case: String,
    /// The name of the input.
    pub input: String,
    /// Its other value.
    pub other: Other,
}

/// Which other value an input gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Other {
    /// A small positive number; locks are made with it.
    First,
    /// A small negative number that is not whole: an answer that clips or rounds an input may not notice the first, but
    /// notices this.
    Second,
}

impl Pairs {
    /// Creates a table without pairs.
    #[must_use]
    pub fn new(probes: Vec<Probe>) -> Self {
        Self {
            probes,
            known: BTreeMap::new(),
        }
    }

    /// Adds a pair with its fingerprints on the shown cases and then the probes.
    pub fn add(&mut self, one: &str, other: &str, fingerprints: &[Fingerprint]) {
        let pairs = self.known.entry(one.to_owned()).or_default();
        pairs.insert(other.to_owned(), together(fingerprints));
    }

    /// The ids of the pairs with these fingerprints.
    pub fn with(&self, fingerprints: &[Fingerprint]) -> impl Iterator<Item = (&str, &str)> {
        let digest = together(fingerprints);
        let known = self.known.iter().flat_map(|(one, others)| {
            let pairs = others.iter();
            pairs.map(move |(other, known)| (one.as_str(), other.as_str(), known))
        });
        known
            .filter(move |(_, _, known)| **known == digest)
            .map(|(one, other, _)| (one, other))
    }

    /// The number of pairs.
    #[must_use]
    pub fn len(&self) -> usize {
        self.known.values().map(BTreeMap::len).sum()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }
}

/// A short digest is enough: a table has at most a thousand entries, so two are alike once in 10^8 tables.
fn together(fingerprints: &[Fingerprint]) -> Hex<6> {
    let parts = fingerprints.iter().map(|fingerprint| match fingerprint {
        Fingerprint::Right => b"right".as_slice(),
        Fingerprint::Failed(word) => word.as_bytes(),
        Fingerprint::Wrong => b"wrong",
        Fingerprint::Digest(digest) => digest.0.as_slice(),
        Fingerprint::Near(near) => near.digest().0.as_slice(),
    });
    let digest = digest::of_parts(parts);
    let mut short = [0; 6];
    short.copy_from_slice(&digest[..6]);
    Hex(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_is_found_by_all_of_its_outcomes() {
        let failed = |word: &str| Fingerprint::Failed(word.to_owned());
        let digest = |byte| Fingerprint::Digest(Hex([byte; 8]));
        let mut pairs = Pairs::new(Vec::new());
        assert!(pairs.is_empty());
        pairs.add(
            "a",
            "b",
            &[Fingerprint::Right, digest(1), failed("panicked")],
        );
        pairs.add("a", "input:zero:eps", &[digest(1), digest(2)]);
        pairs.add("b", "c", &[digest(1), digest(2)]);
        let text = serde_json::to_string(&pairs).expect("plain data");
        let pairs: Pairs = serde_json::from_str(&text).expect("it was written so");
        assert_eq!(pairs.len(), 3);
        let found = |fingerprints: &[Fingerprint]| -> Vec<(String, String)> {
            let found = pairs.with(fingerprints);
            found
                .map(|(one, other)| (one.to_owned(), other.to_owned()))
                .collect()
        };
        let pair = |one: &str, other: &str| (one.to_owned(), other.to_owned());
        assert_eq!(
            found(&[Fingerprint::Right, digest(1), failed("panicked")]),
            [pair("a", "b")]
        );
        assert_eq!(
            found(&[digest(1), digest(2)]),
            [pair("a", "input:zero:eps"), pair("b", "c")]
        );
        for other in [
            vec![],
            vec![Fingerprint::Right, digest(1)],
            vec![digest(1), Fingerprint::Right, failed("panicked")],
            vec![Fingerprint::Right, digest(1), failed("aborted")],
        ] {
            assert_eq!(found(&other), [], "{other:?}");
        }
    }
}
