//! A case of the answer that is judged: what it is judged by, and the result so far.

use super::Request;
use super::expected::Expected;
use crate::catalog::CatalogError;
use crate::compare::Cell;
use crate::seal::{SealError, canonical};
use crate::spec::Case;
use crate::verdict::CaseResult;

/// A case with what it is judged by and the result.
pub(super) struct Row<'a> {
    pub(super) case: &'a Case,
    pub(super) expected: Expected<'a>,
    pub(super) result: CaseResult,
    /// What is known of a wrong output of a hidden case.
    pub(super) wrong: Option<Wrong>,
}

/// A wrong output of a hidden case: enough to recognize it, and never shown.
pub(super) struct Wrong {
    /// Its canonical form.
    pub(super) canonical: Vec<u8>,
    /// Its slow digest, if that was needed to judge it.
    pub(super) digest: Option<[u8; 32]>,
}

impl Row<'_> {
    /// The cells of a hidden case's output; none where it is compared bit for bit.
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
