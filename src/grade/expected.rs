//! The source of a case's expected output: the course itself, or only its lock.

use super::Request;
use crate::array::Value;
use crate::catalog::{CatalogError, Kata};
use crate::seal::{Commitment, Lock, SealError};
use crate::spec::{Case, CaseKind};

/// What a case is judged by.
#[derive(Clone, Copy)]
pub(super) enum Expected<'a> {
    /// The output.
    Known(&'a Value),
    /// Only a digest of the output is known.
    Committed(&'a Commitment),
    /// The case is encrypted.
    Sealed,
}

/// The lock of the kata, if it exists and is needed.
///
/// If `hidden.yaml` exists, an author is working on the kata and the lock may be out of date: then it only lists
/// sealed cases.
pub(super) fn lock(request: &Request<'_>) -> Result<Option<Lock>, CatalogError> {
    let kata = request.kata;
    let knows = |case: &Case| case.kind != CaseKind::Hidden || kata.expected(case).is_some();
    let is_needed = !kata.spec.cases.iter().all(knows);
    match kata.fitting_lock() {
        Err(_) if !is_needed => Ok(None),
        lock => lock,
    }
}

/// What this case is judged by.
pub(super) fn expected<'a>(
    kata: &'a Kata,
    lock: Option<&'a Lock>,
    case: &'a Case,
) -> Result<Expected<'a>, CatalogError> {
    if case.kind == CaseKind::Sealed {
        return Ok(Expected::Sealed);
    }
    if let Some(value) = kata.expected(case) {
        return Ok(Expected::Known(value));
    }
    // Without digests of its hidden cases, a course would accept any output.
    let Some(lock) = lock else {
        let case = case.name.clone();
        return Err(kata.lock_error(SealError::Missing { case }));
    };
    let commitment = lock.commitment(&case.name);
    commitment
        .map(Expected::Committed)
        .map_err(|source| kata.lock_error(source))
}
