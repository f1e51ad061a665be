//! Running an answer again after its cases were judged, on other inputs, to explain it: only for a short time.

use std::cell::Cell;
use std::time::{Duration, Instant};

use super::row::Row;
use super::{GradeError, Request};
use crate::array::Value;
use crate::sandbox::Limits;
use crate::track::{CaseOutcome, Prepared};
use crate::verdict::{CaseVerdict, Failure};

/// The time for all further runs of an answer, besides twice the time that its cases took.
const TIME: Duration = Duration::from_secs(1);

/// An answer that can be run again.
pub(super) struct Again<'a> {
    request: &'a Request<'a>,
    program: &'a Prepared,
    left: Cell<Duration>,
}

impl<'a> Again<'a> {
    /// An answer whose cases took this long. One that reached a limit is not run again.
    pub(super) fn new(
        request: &'a Request<'a>,
        program: &'a Prepared,
        rows: &[Row<'_>],
        took: Duration,
    ) -> Self {
        let is_limited = |row: &Row<'_>| matches!(&row.result.verdict, CaseVerdict::Failed(failure) if failure.may_be_the_machines());
        let left = match rows.iter().any(is_limited) {
            true => Duration::ZERO,
            false => request.limits().wall.min(TIME + 2 * took),
        };
        Self {
            request,
            program,
            left: Cell::new(left),
        }
    }

    /// Runs it on a list of inputs. `None` if it does not finish in the time that is left, or reaches another limit: then
    /// it is not run any more.
    pub(super) fn run(&self, inputs: &[&[Value]]) -> Result<Option<Vec<CaseOutcome>>, GradeError> {
        if inputs.is_empty() || self.left.get().is_zero() {
            return Ok(None);
        }
        let start = Instant::now();
        let limits = Limits {
            wall: self.left.get(),
            ..self.request.limits()
        };
        let outcomes = self.request.session.run(self.program, inputs, limits)?;
        let is_limited = |outcome: &CaseOutcome| {
            let failure = outcome.output.as_ref().err();
            !outcome.ran || failure.is_some_and(Failure::may_be_the_machines)
        };
        if outcomes.iter().any(is_limited) {
            self.left.set(Duration::ZERO);
            return Ok(None);
        }
        self.left
            .set(self.left.get().saturating_sub(start.elapsed()));
        Ok(Some(outcomes))
    }
}
