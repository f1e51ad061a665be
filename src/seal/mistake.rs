//! A known mistake, recorded by what it gives on each case: never the outputs, only how to recognize them.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

use super::canonical::{self, Outcome};
use super::hex::Hex;

/// A wrong implementation and what it gave, for making a lock.
#[derive(Clone, Debug)]
pub struct Mistake {
    /// The pitfall's id.
    pub id: String,
    /// The language it is written in.
    pub track: String,
    /// Its source.
    pub source: String,
    /// What it gave on each case of the spec, in order; empty if it was not run.
    pub outcomes: Vec<Outcome>,
    /// What it gave on each sealed case, in order.
    pub sealed: Vec<Outcome>,
}

/// A wrong implementation as a lock records it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recorded {
    /// The pitfall's id.
    pub id: String,
    /// The language it is written in.
    pub track: String,
    /// The digest of its source, to tell whether it was changed since.
    pub source: Hex<32>,
    /// How to recognize what it gives, for each case of the spec in order.
    pub cases: Vec<Fingerprint>,
}

impl Recorded {
    /// Whether it is the record of this program, as the program is now.
    #[must_use]
    pub fn is_of(&self, mistake: &Mistake) -> bool {
        (&self.id, &self.track) == (&mistake.id, &mistake.track)
            && self.source == source_digest(&mistake.source)
    }
}

/// How to recognize an outcome.
///
/// On a shown or sealed case the digest is the SHA-256 of the canonical form. On a hidden case it is the slow digest with
/// the case's salt, the same that tells whether the output is right: one slow digest of an answer serves for both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fingerprint {
    /// The mistake does not show: the output is right.
    Right,
    /// There is no output, for this reason.
    Failed(String),
    /// The digest of the output.
    Digest(Hex<32>),
}

impl Fingerprint {
    /// Gives the quick fingerprint of what a shown or sealed case gave, from its canonical form.
    #[must_use]
    pub fn quick(outcome: &Outcome, canonical: &[u8]) -> Self {
        match outcome {
            Ok(_) => Self::Digest(Hex(Sha256::digest(canonical).into())),
            Err(failure) => Self::Failed(canonical::word(failure)),
        }
    }
}

/// Gives the digest of a source, the same whichever line ends a checkout has.
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
        }
    }
}

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if let Some(digest) = Hex::parse(&text) {
            return Ok(Self::Digest(digest));
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
