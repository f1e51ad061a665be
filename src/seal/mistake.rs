//! A known mistake, recorded by the fingerprints of its outputs.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

use super::canonical::{self, Outcome};
use super::hex::Hex;
use super::near::Near;
use super::short::ShortDigest;
use crate::array::Value;
use crate::compare::Rules;
use crate::spec::Spec;

/// A wrong implementation and its outcomes, for creating a lock.
#[derive(Clone, Debug)]
pub struct Mistake {
    /// The pitfall's id.
    pub id: String,
    /// The language it is written in.
    pub track: String,
    /// Its source.
    pub source: String,
    /// Its outcome on each case of the spec, in order; empty if it was not run.
    pub outcomes: Vec<Outcome>,
    /// Its outcome on each sealed case, in order.
    pub sealed: Vec<Outcome>,
}

/// A wrong implementation as recorded in a lock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recorded {
    /// The pitfall's id.
    pub id: String,
    /// The language it is written in.
    pub track: String,
    /// The digest of its source, to detect changes.
    pub source: Hex<32>,
    /// Its fingerprint on each case of the spec, in order.
    pub cases: Vec<Fingerprint>,
}

impl Recorded {
    /// Whether it belongs to this program in its current version.
    #[must_use]
    pub fn is_of(&self, mistake: &Mistake) -> bool {
        self.is_program(&mistake.id, &mistake.track, &mistake.source)
    }

    /// Whether it belongs to a program with this id, language and source.
    #[must_use]
    pub fn is_program(&self, id: &str, track: &str, source: &str) -> bool {
        (&*self.id, &*self.track) == (id, track) && self.source == source_digest(source)
    }
}

/// The fingerprint of an outcome.
///
/// On a shown or sealed case the digest is that of the canonical form. On a hidden case it is the start of the slow digest
/// with the case's salt, which is also used to judge the output, so one slow digest of an answer is enough for both.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Fingerprint {
    /// The mistake has no effect: the output is right.
    Right,
    /// The output of a hidden case is wrong. It is not recorded if a shown case tells the mistake apart from all others,
    /// because hidden cases run only after the shown ones have passed.
    Wrong,
    /// There is no output, for this reason.
    Failed(String),
    /// The digest of the output.
    Digest(ShortDigest),
    /// What recognizes outputs near that of a shown case, if the kata has a tolerance: two programs with the same mistake
    /// can then differ within it.
    Near(Near),
}

impl Fingerprint {
    /// Returns the fast fingerprint of an outcome of a shown or sealed case, from its canonical form.
    #[must_use]
    pub fn quick(outcome: &Outcome, canonical: &[u8]) -> Self {
        match outcome {
            Ok(_) => Self::Digest(ShortDigest::of(canonical)),
            Err(failure) => Self::Failed(canonical::word(failure)),
        }
    }

    /// Returns the fingerprint of a mistake on a shown case.
    #[must_use]
    pub(super) fn shown(spec: &Spec, rules: &Rules, outcome: &Outcome, canonical: &[u8]) -> Self {
        match outcome {
            Ok(Value::Array(array)) if !spec.is_exact() => {
                Self::Near(Near::new(spec, rules, array))
            }
            _ => Self::quick(outcome, canonical),
        }
    }

    /// Whether there is an output, and it is wrong.
    #[must_use]
    pub fn is_wrong_output(&self) -> bool {
        matches!(self, Self::Wrong | Self::Digest(_) | Self::Near(_))
    }
}

/// The words for outcomes without anything recorded.
const RIGHT: &str = "right";
const WRONG: &str = "wrong";

/// Returns the digest of a source, independent of line endings.
#[must_use]
pub(super) fn source_digest(source: &str) -> Hex<32> {
    Hex(Sha256::digest(source.replace("\r\n", "\n")).into())
}

impl Serialize for Fingerprint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Right => serializer.serialize_str(RIGHT),
            Self::Wrong => serializer.serialize_str(WRONG),
            Self::Failed(word) => serializer.serialize_str(word),
            Self::Digest(digest) => digest.serialize(serializer),
            Self::Near(near) => near.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if let Some(digest) = Hex::parse(&text) {
            return Ok(Self::Digest(digest));
        }
        if let Some(near) = Near::parse(&text) {
            return Ok(Self::Near(near));
        }
        let is_word =
            |c: char| c.is_ascii_lowercase() || c == ' ' || c == '-' || c.is_ascii_digit();
        match text.as_str() {
            RIGHT => Ok(Self::Right),
            WRONG => Ok(Self::Wrong),
            word if word.starts_with(|c: char| c.is_ascii_lowercase())
                && word.len() < 40
                && word.chars().all(is_word) =>
            {
                Ok(Self::Failed(text))
            }
            _ => Err(D::Error::custom("not a fingerprint")),
        }
    }
}
