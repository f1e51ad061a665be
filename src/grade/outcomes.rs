//! What an answer gives on each of some cases, unjudged: how authors learn what a known mistake looks like.

use super::{GradeError, Request, build, read_answer};
use crate::array::Value;
use crate::seal::canonical::Outcome;
use crate::spec::Case;
use crate::track::Built;
use crate::verdict::Refusal;

/// What came of trying an answer.
#[derive(Clone, Debug)]
pub enum Tried {
    /// It could not be built.
    Refused(Refusal),
    /// What each case gave, in order.
    Ran(Vec<Outcome>),
}

/// Builds the answer of a request and runs it on some cases, whatever the request says of cases.
///
/// # Errors
/// When the tools are missing or broken.
pub fn outcomes(request: &Request<'_>, cases: &[&Case]) -> Result<Tried, GradeError> {
    let source = match read_answer(request.answer) {
        Ok(source) => source,
        Err(refusal) => return Ok(Tried::Refused(refusal)),
    };
    let program = match build(request, &source, &mut |_| {})? {
        Built::Refused(refusal) => return Ok(Tried::Refused(refusal)),
        Built::Ready(program) => program,
    };
    let inputs: Vec<&[Value]> = cases.iter().map(|case| case.given.as_slice()).collect();
    let outcomes = request.track.run(&program, &inputs, request.limits)?;
    Ok(Tried::Ran(
        outcomes.into_iter().map(|outcome| outcome.output).collect(),
    ))
}
