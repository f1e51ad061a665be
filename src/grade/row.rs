//! A case that is being judged: what it is judged by, and its result so far.

use super::Request;
use super::expected::Expected;
use crate::catalog::CatalogError;
use crate::compare::Cell;
use crate::seal::{SealError, canonical};
use crate::spec::Case;
use crate::verdict::CaseResult;

/// A case, what it is judged by, and its result.
pub(super) struct Row<'a> {
    pub(super) case: &'a Case,
    pub(super) expected: Expected<'a>,
    pub(super) result: CaseResult,
    /// The wrong output of a hidden case, if any.
    pub(super) wrong: Option<Wrong>,
}

/// A wrong output of a hidden case: enough to recognize it, and never shown.
pub(super) struct Wrong {
    /// Its canonical form.
    pub(super) canonical: Vec<u8>,
    /// Its slow digest, if it was needed for judging.
    pub(super) digest: Option<[u8; 32]>,
}

impl Row<'_> {
    /// The cells of a hidden case's output; empty if it is compared bit for bit.
    pub(super) fn cells(&self, request: &Request<'_>) -> Result<Vec<Option<Cell>>, CatalogError> {
        let spec = &request.kata.spec;
        match self.expected {
            Expected::Known(expected) => Ok(canonical::cells_of(spec, self.case, expected)),
            Expected::Committed(commitment) => commitment.cells(spec, self.case).ok_or_else(|| {
                let case = self.case.name.clone();
                request.kata.lock_error(SealError::NoCase { case })
            }),
            Expected::Sealed => Ok(Vec::new()),
        }
    }
}
