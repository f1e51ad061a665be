//! What a program did on an input, for recognizing known mistakes on probes: unlike a fingerprint, with the elements of an
//! output that may be rounded differently.

use super::canonical::{self, Outcome};
use crate::array::Value;
use crate::digest;
use crate::spec::{CaseKind, Spec};

/// What a program did on an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Observed {
    /// The output is right.
    Right,
    /// There is no output, for this reason.
    Failed(String),
    /// The digest of the output.
    Digest([u8; 32]),
    /// The elements of an output, little-endian.
    Output(Vec<u8>),
}

impl Observed {
    /// What it did on a shown case, if the output is not right: the elements under a tolerance, otherwise a digest.
    #[must_use]
    pub fn on_case(spec: &Spec, outcome: &Outcome) -> Self {
        match outcome {
            Ok(Value::Array(array)) if !spec.is_exact() => Self::Output(array.bytes().to_vec()),
            _ => Self::quick(spec, outcome),
        }
    }

    /// What it did on a probe: floats as they are, because the same computation may round them differently on inputs that
    /// no author chose.
    #[must_use]
    pub fn on_probe(spec: &Spec, outcome: &Outcome) -> Self {
        match outcome {
            Ok(Value::Array(array)) if array.dtype().is_float() => {
                Self::Output(array.bytes().to_vec())
            }
            _ => Self::quick(spec, outcome),
        }
    }

    fn quick(spec: &Spec, outcome: &Outcome) -> Self {
        match outcome {
            Ok(value) => {
                let form = canonical::canonical(spec, CaseKind::Shown, Ok(value));
                Self::Digest(digest::of_parts([form.as_slice()]))
            }
            Err(failure) => Self::Failed(canonical::word(failure)),
        }
    }
}
