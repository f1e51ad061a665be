//! Known mistakes on probes: a short print of the outcomes of each, and of two at once.
//!
//! A mistake is looked up by its print, so a lock contains no output of it. Probes are inputs that are not graded:
//! without them, one in twenty programs with other mistakes would match some pair on the shown cases alone.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::hex::{Hex, HexText};
use super::observed::Observed;
use super::sketch::Sketch;
use crate::array::{Array, Dtype, Value};
use crate::digest;
use crate::spec::{Spec, Type};

/// The pairs of known mistakes of a kata.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pairs {
    /// The inputs besides the shown cases.
    pub probes: Vec<Probe>,
    /// The print of each mistake alone, on the probes only, by its id.
    #[serde(default)]
    alone: BTreeMap<String, Print>,
    /// The print of each pair, by the id of the first mistake and then of the second.
    known: BTreeMap<String, BTreeMap<String, Print>>,
}

/// What the outcomes of several cases are recognized by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Print {
    /// A digest of what must be equal: a table has at most a thousand entries, so two are alike once in 10^8 tables.
    digest: Hex<6>,
    /// A sketch of the outputs that a tolerance applies to.
    sketch: Option<Sketch>,
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
    /// The bytes of the right output's elements, if it is an array of the same shape as that of the case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    right: Option<HexText>,
}

impl Probe {
    /// Creates a probe of a case with this expected output, on which the right output is known.
    #[must_use]
    pub fn new(case: &str, input: String, other: Other, expected: &Value, right: &Value) -> Self {
        let right = match (expected, right) {
            (Value::Array(expected), Value::Array(right)) if expected.shape() == right.shape() => {
                Some(HexText(right.bytes().to_vec()))
            }
            _ => None,
        };
        Self {
            case: case.to_owned(),
            input,
            other,
            right,
        }
    }

    /// The right output, if it is known, given that of the case.
    #[must_use]
    pub fn expected(&self, of_case: &Value) -> Option<Value> {
        let (Some(HexText(bytes)), Value::Array(like)) = (&self.right, of_case) else {
            return None;
        };
        let array = Array::from_bytes(like.dtype(), like.shape().to_vec(), bytes.clone())?;
        Some(Value::Array(array))
    }
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
    /// Floats near the old ones, by irregular factors, so that the inputs still mean the same: a limit stays below
    /// another, a flag stays a flag.
    Near,
}

impl Pairs {
    /// Creates a table without pairs.
    #[must_use]
    pub fn new(probes: Vec<Probe>) -> Self {
        Self {
            probes,
            alone: BTreeMap::new(),
            known: BTreeMap::new(),
        }
    }

    /// Adds a mistake with its print on the probes.
    pub fn add_alone(&mut self, id: &str, print: Print) {
        self.alone.insert(id.to_owned(), print);
    }

    /// The print of a mistake on the probes.
    #[must_use]
    pub fn alone(&self, id: &str) -> Option<Print> {
        self.alone.get(id).copied()
    }

    /// Adds a pair with its print.
    pub fn add(&mut self, one: &str, other: &str, print: Print) {
        let pairs = self.known.entry(one.to_owned()).or_default();
        pairs.insert(other.to_owned(), print);
    }

    /// The ids of the pairs with this print.
    pub fn with(&self, print: Print) -> impl Iterator<Item = (&str, &str)> {
        let known = self.known.iter().flat_map(|(one, others)| {
            let pairs = others.iter();
            pairs.map(move |(other, known)| (one.as_str(), other.as_str(), known))
        });
        known
            .filter(move |(_, _, known)| known.is_like(print))
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

impl Print {
    /// The print of outcomes on the shown cases and then on the probes.
    #[must_use]
    pub fn new(spec: &Spec, observed: &[Observed]) -> Self {
        let mut outputs = Vec::new();
        let parts: Vec<Cow<'_, [u8]>> = observed
            .iter()
            .map(|observed| match observed {
                Observed::Right => b"right".into(),
                Observed::Failed(word) => word.as_bytes().into(),
                Observed::Digest(digest) => digest.as_slice().into(),
                Observed::Output(bytes) => {
                    outputs.push(bytes.as_slice());
                    format!("output of {} bytes", bytes.len())
                        .into_bytes()
                        .into()
                }
            })
            .collect();
        let dtype = match &spec.returns {
            Type::Array { dtype, .. } | Type::Scalar(dtype) => *dtype,
            _ => Dtype::F32,
        };
        let mut short = [0; 6];
        short.copy_from_slice(&digest::of_parts(parts.iter().map(AsRef::as_ref))[..6]);
        Self {
            digest: Hex(short),
            sketch: (!outputs.is_empty()).then(|| Sketch::new(dtype, &outputs)),
        }
    }

    /// Whether both may be of the same outcomes.
    #[must_use]
    pub fn is_like(self, other: Self) -> bool {
        let is_near = match (self.sketch, other.sketch) {
            (Some(one), Some(other)) => one.is_near(other),
            (None, None) => true,
            _ => false,
        };
        self.digest == other.digest && is_near
    }
}

impl Serialize for Print {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let sketch = self.sketch.map(Sketch::text).unwrap_or_default();
        serializer.serialize_str(&(super::hex::encode(&self.digest.0) + &sketch))
    }
}

impl<'de> Deserialize<'de> for Print {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let read = || {
            let (digest, sketch) = text.split_at_checked(12)?;
            Some(Self {
                digest: Hex::parse(digest)?,
                sketch: match sketch {
                    "" => None,
                    sketch => Some(Sketch::parse(sketch)?),
                },
            })
        };
        read().ok_or_else(|| D::Error::custom("not the print of a pair"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(observed: &[Observed]) -> Print {
        let spec = include_str!("../../tests/fixtures/specs/good.yaml");
        let spec = crate::spec::parse("kata.yaml", spec, &|_| Ok(vec![1, 2, 3]));
        Print::new(&spec.expect("a good spec"), observed)
    }

    fn failed(word: &str) -> Observed {
        Observed::Failed(word.to_owned())
    }

    fn digest(byte: u8) -> Observed {
        Observed::Digest([byte; 32])
    }

    fn output(numbers: &[f32]) -> Observed {
        Observed::Output(
            numbers
                .iter()
                .flat_map(|number| number.to_le_bytes())
                .collect(),
        )
    }

    /// The pairs with these outcomes, in a table that was written and read.
    fn found(pairs: &Pairs, observed: &[Observed]) -> Vec<String> {
        let text = serde_json::to_string(pairs).expect("plain data");
        let pairs: Pairs = serde_json::from_str(&text).expect("it was written so");
        let found = pairs.with(print(observed));
        found.map(|(one, other)| format!("{one}+{other}")).collect()
    }

    #[test]
    fn a_pair_is_found_by_all_of_its_outcomes() {
        let mut pairs = Pairs::new(Vec::new());
        assert!(pairs.is_empty());
        let add = |pairs: &mut Pairs, one, other, observed: &[Observed]| {
            pairs.add(one, other, print(observed));
        };
        let three = [Observed::Right, digest(1), failed("panicked")];
        add(&mut pairs, "a", "b", &three);
        add(&mut pairs, "a", "input:zero:eps", &[digest(1), digest(2)]);
        add(&mut pairs, "b", "c", &[digest(1), digest(2)]);
        assert_eq!(pairs.len(), 3);
        assert_eq!(found(&pairs, &three), ["a+b"]);
        let both = ["a+input:zero:eps", "b+c"];
        assert_eq!(found(&pairs, &[digest(1), digest(2)]), both);
        for other in [
            vec![],
            vec![Observed::Right, digest(1)],
            vec![digest(1), Observed::Right, failed("panicked")],
            vec![Observed::Right, digest(1), failed("aborted")],
        ] {
            assert!(found(&pairs, &other).is_empty(), "{other:?}");
        }
    }

    #[test]
    fn a_pair_under_a_tolerance_is_found_by_outputs_that_are_near() {
        let mut pairs = Pairs::new(Vec::new());
        let of = |number: f32| [Observed::Right, output(&[1.5, number]), failed("panicked")];
        pairs.add("a", "b", print(&of(0.3)));
        assert_eq!(found(&pairs, &of(0.3)), ["a+b"]);
        assert_eq!(found(&pairs, &of(0.300_000_1)), ["a+b"]);
        for other in [
            of(0.3001).to_vec(),
            [output(&[1.5, 0.3]), Observed::Right, failed("panicked")].to_vec(),
            [
                Observed::Right,
                output(&[1.5, 0.3, 0.0]),
                failed("panicked"),
            ]
            .to_vec(),
        ] {
            assert!(found(&pairs, &other).is_empty(), "{other:?}");
        }
    }

    #[test]
    fn what_is_no_print_is_refused() {
        for text in ["", "00", "0123456789ag", "0123456789ab00", "é23456789ab"] {
            let read: Result<Print, _> = serde_json::from_str(&format!("\"{text}\""));
            assert!(read.is_err(), "{text}");
        }
    }
}
