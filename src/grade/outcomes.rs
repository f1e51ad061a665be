//! What an answer gives on each of some cases, and whether that is right: how authors learn what a mistake looks like.

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
        /// What each case gave, in order.
        outcomes: Vec<Outcome>,
        /// Which of the teaching crate's operations were called, each with how often in one of the cases.
        calls: Vec<(String, u64)>,
    },
}

/// Builds a text as an answer and runs it on some cases, whatever the request says of files and cases.
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

/// Compares a wrong output with the expected one as for a shown case: for an author, who knows every output.
///
/// `None` where the output is missing or right.
#[must_use]
pub fn difference(kata: &Kata, case: &Case, outcome: &Outcome) -> Option<Mismatch> {
    let (Some(expected), Ok(value)) = (kata.expected(case), outcome) else {
        return None;
    };
    settle::known(&kata.spec, case, expected, value.clone())
}

/// Says whether two programs give the same on a case, by the kata's rule; of failures, only that both are some.
#[must_use]
pub fn agree(kata: &Kata, case: &Case, one: &Outcome, other: &Outcome) -> bool {
    match (one, other) {
        (Ok(one), Ok(other)) => settle::known(&kata.spec, case, one, other.clone()).is_none(),
        (Err(_), Err(_)) => true,
        _ => false,
    }
}

/// Says whether an outcome is what the kata wants of a case, by its rule; where nothing says what is wanted, it is not.
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
