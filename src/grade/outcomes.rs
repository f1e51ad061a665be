//! The outcomes of an answer on some cases: authors use them to record what a mistake looks like.

use super::{GradeError, Request, prepare, settle};
use crate::array::Value;
use crate::catalog::Kata;
use crate::seal::canonical::Outcome;
use crate::spec::Case;
use crate::verdict::{CaseVerdict, Mismatch};

/// The result of trying an answer.
#[derive(Clone, Debug)]
pub enum Tried {
    /// It could not be built.
    Refused,
    /// It was run.
    Ran {
        /// The outcome of each case, in order.
        outcomes: Vec<Outcome>,
        /// The teaching crate's operations that were called, each with its highest count in any case.
        calls: Vec<(String, u64)>,
    },
}

/// Builds a text as an answer and runs it on some cases, ignoring the file and cases of the request.
///
/// # Errors
/// When the tools are missing or broken.
pub fn outcomes(request: &Request<'_>, source: &str, cases: &[&Case]) -> Result<Tried, GradeError> {
    let program = match prepare(request, source)? {
        Err(_) => return Ok(Tried::Refused),
        Ok(program) => program,
    };
    let inputs: Vec<&[Value]> = cases.iter().map(|case| case.given.as_slice()).collect();
    let ran = request.session.run(&program, &inputs, request.limits())?;
    let mut outcomes = Vec::with_capacity(ran.len());
    let mut calls: Vec<(String, u64)> = Vec::new();
    for case in ran {
        calls.extend(case.calls);
        outcomes.push(case.output);
    }
    Ok(Tried::Ran { outcomes, calls })
}

/// Compares a wrong output with the expected one as for a shown case, since an author may see every output.
///
/// `None` where the output is missing or right.
#[must_use]
pub fn difference(kata: &Kata, case: &Case, outcome: &Outcome) -> Option<Mismatch> {
    let (Some(expected), Ok(value)) = (kata.expected(case), outcome) else {
        return None;
    };
    settle::known(&kata.spec, case, expected, value.clone())
}

/// Returns whether two outcomes of a case are equal by the kata's rule; any two failures are equal.
#[must_use]
pub fn agree(kata: &Kata, case: &Case, one: &Outcome, other: &Outcome) -> bool {
    match (one, other) {
        (Ok(one), Ok(other)) => settle::known(&kata.spec, case, one, other.clone()).is_none(),
        (Err(_), Err(_)) => true,
        _ => false,
    }
}

/// Returns whether an outcome is right by the kata's rule; without an expected output, it is not.
#[must_use]
pub fn is_right(kata: &Kata, case: &Case, outcome: &Outcome) -> bool {
    let (Some(expected), Ok(value)) = (kata.expected(case), outcome) else {
        return false;
    };
    matches!(
        settle::compared(&kata.spec, case, expected, value),
        CaseVerdict::Passed
    )
}
