//! The digest of what a lock was made from: everything in a spec that affects the lock.
//!
//! Titles, statements, hints and the words of pitfalls are not in it: an author who corrects a sentence need not seal
//! again. Neither is anything secret, because this digest is fast to compute and is in every course.

use super::canonical::canonical;
use super::hex::Hex;
use crate::array::Value;
use crate::digest::PartsDigest;
use crate::spec::{CaseKind, Spec};

/// Returns the digest of what the lock of this kata depends on.
#[must_use]
pub(super) fn origin(id: &str, spec: &Spec) -> Hex<32> {
    let mut digest = PartsDigest::default();
    let mut part = |bytes: &[u8]| digest.add(bytes);
    part(b"katas spec 1");
    part(id.as_bytes());
    part(spec.function.as_bytes());
    for param in &spec.params {
        part(param.name.as_bytes());
        part(param.ty.to_string().as_bytes());
    }
    part(spec.returns.to_string().as_bytes());
    part(spec.rule.to_string().as_bytes());
    part(spec.zeros.to_string().as_bytes());
    for described in &spec.parts {
        part(described.name.as_bytes());
        part(described.length.to_string().as_bytes());
        part(
            described
                .rule
                .map_or(String::new(), |rule| rule.to_string())
                .as_bytes(),
        );
    }
    for case in &spec.cases {
        part(case.name.as_bytes());
        part(case.kind.name().as_bytes());
        for value in &case.given {
            // Inputs are compared bit for bit, even if outputs are not.
            part(&canonical(spec, CaseKind::Hidden, Ok(value)));
            match value {
                Value::Array(array) => part(array.bytes()),
                Value::Scalar(scalar) => part(&scalar.bits.to_le_bytes()),
                Value::Bytes(_) | Value::Str(_) => {}
            }
        }
        if let Some(expected) = &case.expect {
            part(&canonical(spec, case.kind, Ok(expected)));
        }
    }
    for pitfall in &spec.pitfalls {
        part(pitfall.id.as_bytes());
    }
    Hex(digest.finish())
}
