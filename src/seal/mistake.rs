//! A known mistake, recorded by the fingerprints of its outputs. If the kata has a tolerance, the outputs of shown
//! cases themselves are recorded, because the same mistake can give different bits.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

use super::canonical::{self, Outcome};
use super::hex::Hex;
use crate::array::Value;
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
/// On a shown or sealed case the digest is the SHA-256 of the canonical form. On a hidden case it is the slow digest
/// with the case's salt, which is also used to judge the output, so one slow digest of an answer is enough for both.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Fingerprint {
    /// The mistake has no effect: the output is right.
    Right,
    /// There is no output, for this reason.
    Failed(String),
    /// The digest of the output.
    Digest(Hex<32>),
    /// The elements of the output of a shown case, little-endian, if the kata has a tolerance: two programs with the
    /// same mistake can then differ within it.
    Output(Vec<u8>),
}

/// The prefix of recorded elements in a lock.
const OUTPUT: &str = "output:";

impl Fingerprint {
    /// Returns the fast fingerprint of an outcome of a shown or sealed case, from its canonical form.
    #[must_use]
    pub fn quick(outcome: &Outcome, canonical: &[u8]) -> Self {
        match outcome {
            Ok(_) => Self::Digest(Hex(Sha256::digest(canonical).into())),
            Err(failure) => Self::Failed(canonical::word(failure)),
        }
    }

    /// Returns the fingerprint of a mistake on a shown case.
    #[must_use]
    pub(super) fn shown(spec: &Spec, outcome: &Outcome, canonical: &[u8]) -> Self {
        match outcome {
            Ok(Value::Array(array)) if !spec.is_exact() => Self::Output(array.bytes().to_vec()),
            _ => Self::quick(outcome, canonical),
        }
    }
}

/// Returns the digest of a source, independent of line endings.
#[must_use]
pub(super) fn source_digest(source: &str) -> Hex<32> {
    Hex(Sha256::digest(source.replace("\r\n", "\n")).into())
}

impl Serialize for Fingerprint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Right => serializer.serialize_str("right"),
            Self::Failed(word) => serializer.serialize_str(word),
            Self::Digest(digest) => digest.serialize(serializer),
            Self::Output(bytes) => {
                serializer.serialize_str(&format!("{OUTPUT}{}", super::hex::encode(bytes)))
            }
        }
    }
}

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if let Some(digest) = Hex::parse(&text) {
            return Ok(Self::Digest(digest));
        }
        if let Some(digits) = text.strip_prefix(OUTPUT) {
            let bytes = super::hex::decode(digits);
            return bytes
                .map(Self::Output)
                .ok_or_else(|| D::Error::custom("not an output"));
        }
        let is_word =
            |c: char| c.is_ascii_lowercase() || c == ' ' || c == '-' || c.is_ascii_digit();
        match text.as_str() {
            "right" => Ok(Self::Right),
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
