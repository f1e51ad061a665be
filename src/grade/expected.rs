//! Where the right output of a case is known from: the course itself, or only its lock.

use super::Request;
use crate::array::Value;
use crate::catalog::{CatalogError, Kata};
use crate::seal::{Commitment, Lock, SealError};
use crate::spec::{Case, CaseKind};

/// What there is to judge a case by.
#[derive(Clone, Copy)]
pub(super) enum Expected<'a> {
    /// The output.
    Known(&'a Value),
    /// A digest of it.
    Committed(&'a Commitment),
    /// It is in an encrypted case.
    Sealed,
}

/// The lock of the kata that is judged, where it is there and needed.
///
/// Where `hidden.yaml` is beside it, an author is at work and the lock may be behind: then it only lists sealed cases.
pub(super) fn lock(request: &Request<'_>) -> Result<Option<Lock>, CatalogError> {
    let kata = request.kata;
    let knows = |case: &Case| case.kind != CaseKind::Hidden || kata.expected(case).is_some();
    let is_needed = !kata.spec.cases.iter().all(knows);
    match kata.fitting_lock() {
        Err(_) if !is_needed => Ok(None),
        lock => lock,
    }
}

/// What there is to judge this case by.
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
    // Hidden cases without their digests would let a course pass what nothing was compared with.
    let Some(lock) = lock else {
        let case = case.name.clone();
        return Err(kata.lock_error(SealError::Missing { case }));
    };
    let commitment = lock.commitment(&case.name);
    commitment
        .map(Expected::Committed)
        .map_err(|source| kata.lock_error(source))
}
