//! Runs the cases of a built answer: the shown ones, the hidden ones if those pass, and separately the sealed ones.
//!
//! The caller must run the sealed cases last: an answer can end a sealed case at a time that depends on its inputs,
//! and a later case could print the time.

use std::time::Instant;

use super::again::Again;
use super::expected::{self, Expected};
use super::row::{Row, Wrong};
use super::{Cases, GradeError, Request, explain, settle};
use crate::array::Value;
use crate::catalog::CatalogError;
use crate::sandbox::Limits;
use crate::seal::{Digester, Lock, Question, canonical};
use crate::spec::{Case, CaseKind};
use crate::track::{CaseOutcome, Prepared};
use crate::verdict::{self, CaseResult, CaseVerdict, Failure, NotRun, Ran};

/// The correct outputs of hidden cases, by name.
type Right = Vec<(String, Value)>;

/// Runs the shown and hidden cases; returns the correct outputs of hidden ones too.
pub(super) fn run(request: &Request<'_>, program: &Prepared) -> Result<(Ran, Right), GradeError> {
    let spec = &request.kata.spec;
    let lock = expected::lock(request)?;
    let sealed = sealed_cases(request, lock.as_ref());
    let mut rows = rows(request, lock.as_ref(), &sealed)?;
    let mut calls: Vec<(String, u64)> = Vec::new();
    let mut right = Vec::new();
    let start = Instant::now();
    for kind in [CaseKind::Shown, CaseKind::Hidden] {
        let outcomes = outcomes(request, program, &rows, kind)?;
        for (_, outcome) in &outcomes {
            calls.extend(outcome.calls.iter().cloned());
        }
        right.extend(judge(request, lock.as_ref(), &mut rows, outcomes)?);
        // Hidden cases come second: a learner first works on the cases whose data is visible.
        if !rows.iter().all(|row| is_passable(&row.result)) {
            break;
        }
    }
    let again = Again::new(request, program, &rows, start.elapsed());
    let others = others(request, lock.as_ref(), &again, &rows)?;
    let evidence = others.as_deref().unwrap_or(&rows);
    let mut explanations = explain::explain(request, lock.as_ref(), &again, evidence)?;
    let first = |rows: &[Row<'_>]| {
        let mut wrong = rows.iter().filter(|row| is_wrong(row));
        wrong.next().map(|row| row.result.number)
    };
    if first(evidence) != first(&rows) {
        // It shows the first wrong case, which was not asked for.
        for explanation in &mut explanations {
            explanation.picture = None;
        }
    }
    let cases: Vec<_> = rows.into_iter().map(|row| row.result).collect();
    // Other requirements only matter once the numbers are right.
    let is_right = cases
        .iter()
        .all(|case| case.kind == CaseKind::Sealed || case.good());
    let unmet = match is_right {
        true => verdict::unmet(spec, &calls),
        false => Vec::new(),
    };
    let ran = Ran {
        only: match request.cases {
            Cases::Only(number) if cases.len() > 1 => Some(number),
            Cases::Only(_) | Cases::All => None,
        },
        unmet,
        cases,
        explanations,
        warnings: program.warnings.clone(),
    };
    Ok((ran, right))
}

/// The outcome of each case of this kind that is to be run, with its place.
fn outcomes(
    request: &Request<'_>,
    program: &Prepared,
    rows: &[Row<'_>],
    kind: CaseKind,
) -> Result<Vec<(usize, CaseOutcome)>, GradeError> {
    let batch = waiting(rows, kind);
    let inputs = inputs(rows, &batch);
    let outcomes = request.session.run(program, &inputs, request.limits())?;
    Ok(batch.into_iter().zip(outcomes).collect())
}

/// The cases of a kind that wait to be run, by index.
fn waiting(rows: &[Row<'_>], kind: CaseKind) -> Vec<usize> {
    let waits = |index: &usize| rows[*index].case.kind == kind && rows[*index].result.is_waiting();
    (0..rows.len()).filter(waits).collect()
}

/// The inputs of cases.
fn inputs<'r>(rows: &'r [Row<'_>], batch: &[usize]) -> Vec<&'r [Value]> {
    let given = |index: &usize| rows[*index].case.given.as_slice();
    batch.iter().map(given).collect()
}

/// Judges outcomes; returns the correct outputs of hidden cases.
fn judge(
    request: &Request<'_>,
    lock: Option<&Lock>,
    rows: &mut [Row<'_>],
    outcomes: Vec<(usize, CaseOutcome)>,
) -> Result<Right, GradeError> {
    let mut given = Vec::new();
    for (index, outcome) in outcomes {
        let value = settle::value(&mut rows[index].result, outcome);
        given.extend(value.map(|value| (index, value)));
    }
    judge_values(request, lock, rows, given)
}

/// Whether a case was run and is not right.
fn is_wrong(row: &Row<'_>) -> bool {
    !row.result.good() && !row.result.is_waiting()
}

/// If only one case was asked for and is wrong, all shown cases, judged as well: several mistakes have the same outputs
/// on one case. `None` if they are not needed, or take too long.
fn others<'a>(
    request: &Request<'a>,
    lock: Option<&'a Lock>,
    again: &Again<'_>,
    rows: &[Row<'_>],
) -> Result<Option<Vec<Row<'a>>>, GradeError> {
    if request.cases == Cases::All || !rows.iter().any(is_wrong) {
        return Ok(None);
    }
    let request = Request {
        cases: Cases::All,
        ..*request
    };
    let mut rows = self::rows(&request, lock, &[])?;
    let batch = waiting(&rows, CaseKind::Shown);
    let Some(outcomes) = again.run(&inputs(&rows, &batch))? else {
        return Ok(None);
    };
    let outcomes = batch.into_iter().zip(outcomes).collect();
    judge(&request, lock, &mut rows, outcomes)?;
    Ok(Some(rows))
}

/// Whether the result allows hidden cases to run.
fn is_passable(result: &CaseResult) -> bool {
    !result.is_shown() || result.good()
}

/// Whether there are sealed cases that can run now.
pub(super) fn has_sealed(ran: &Ran) -> bool {
    let waits = |case: &CaseResult| case.kind == CaseKind::Sealed && case.is_waiting();
    ran.cases.iter().all(is_passable) && ran.cases.iter().any(waits)
}

/// Runs the decrypted sealed cases, each in its own process, so that they cannot pass information to each other. The
/// time limit applies to all of them together.
///
/// Returns whether running them again would give the same result: not if the result depended on time.
pub(super) fn run_sealed(
    request: &Request<'_>,
    program: &Prepared,
    ran: &mut Ran,
) -> Result<bool, GradeError> {
    let (start, whole) = (Instant::now(), request.limits());
    let mut is_lasting = true;
    let results = ran
        .cases
        .iter_mut()
        .filter(|result| result.kind == CaseKind::Sealed);
    for (case, result) in request.sealed.unwrap_or_default().iter().zip(results) {
        if !result.is_waiting() {
            continue;
        }
        let limits = Limits {
            wall: whole.wall.saturating_sub(start.elapsed()),
            ..whole
        };
        let outcomes = request.session.run(program, &[&case.given], limits)?;
        for outcome in outcomes {
            let failure = outcome.output.as_ref().err();
            is_lasting &= !failure.is_some_and(Failure::may_be_the_machines);
            result.verdict = settle::sealed(&request.kata.spec, case, outcome);
        }
    }
    Ok(is_lasting)
}

/// The decrypted sealed cases, or only their names.
fn sealed_cases(request: &Request<'_>, lock: Option<&Lock>) -> Vec<Case> {
    if let Some(opened) = request.sealed {
        return opened.to_vec();
    }
    let closed = |name: &str| Case {
        name: name.to_owned(),
        kind: CaseKind::Sealed,
        note: None,
        given: Vec::new(),
        expect: None,
        dims: Vec::new(),
        line: 0,
    };
    let names = lock.into_iter().flat_map(Lock::sealed_names);
    names.map(closed).collect()
}

/// The rows of all cases before any is run, each with the verdict it keeps if it never runs.
fn rows<'a>(
    request: &Request<'a>,
    lock: Option<&'a Lock>,
    sealed: &'a [Case],
) -> Result<Vec<Row<'a>>, CatalogError> {
    let mut rows = Vec::new();
    for case in &request.kata.spec.cases {
        rows.push((case, expected::expected(request.kata, lock, case)?));
    }
    let opened = |case: &'a Case| {
        case.expect
            .as_ref()
            .map_or(Expected::Sealed, Expected::Known)
    };
    rows.extend(sealed.iter().map(|case| (case, opened(case))));
    let row = |(index, (case, expected)): (usize, (&'a Case, Expected<'a>))| Row {
        case,
        expected,
        result: CaseResult {
            name: case.name.clone(),
            number: index + 1,
            kind: case.kind,
            // An author's note on a sealed case would reveal which one does not pass.
            note: case.note.clone().filter(|_| case.kind != CaseKind::Sealed),
            verdict: CaseVerdict::NotRun(match expected {
                _ if matches!(request.cases, Cases::Only(number) if number != index + 1) => {
                    NotRun::NotAskedFor
                }
                Expected::Sealed => NotRun::Sealed,
                Expected::Known(_) | Expected::Committed(_) => NotRun::ShownCasesFirst,
            }),
            printed: String::new(),
        },
        wrong: None,
    };
    Ok(rows.into_iter().enumerate().map(row).collect())
}

/// Judges the outputs of cases: by comparison if the expected output is known, and otherwise by digest, all digests
/// at once.
fn judge_values(
    request: &Request<'_>,
    lock: Option<&Lock>,
    rows: &mut [Row<'_>],
    given: Vec<(usize, Value)>,
) -> Result<Right, GradeError> {
    let spec = &request.kata.spec;
    let mut questions = Vec::new();
    for (index, value) in &given {
        let row = &mut rows[*index];
        match row.expected {
            Expected::Known(expected) => {
                row.result.verdict = settle::compared(spec, row.case, expected, value);
            }
            Expected::Committed(commitment) => questions.push(Question {
                salt: commitment.salt,
                canonical: canonical::with_cells(spec, row.case, &row.cells(request)?, Ok(value)),
            }),
            Expected::Sealed => {}
        }
    }
    let mut digests = Vec::new();
    if let (Some(lock), false) = (lock, questions.is_empty()) {
        let digester = Digester {
            cost: lock.cost(),
            cache: request.cache,
            pace: request.pace(),
        };
        let all = digester.digests(&questions);
        digests = all.map_err(|source| request.kata.lock_error(source))?;
    }
    let mut digested = questions.into_iter().zip(digests);
    let mut right = Vec::new();
    for (index, value) in given {
        let row = &mut rows[index];
        if row.case.kind != CaseKind::Hidden {
            continue;
        }
        if let Expected::Committed(commitment) = row.expected {
            row.result.verdict = match digested.next() {
                Some((_, digest)) if digest == commitment.digest => CaseVerdict::Passed,
                asked => {
                    row.wrong = asked.map(|(question, digest)| Wrong {
                        canonical: question.canonical,
                        digest: Some(digest.0),
                    });
                    settle::wrong()
                }
            };
        } else if !matches!(row.result.verdict, CaseVerdict::Passed) {
            let cells = row.cells(request)?;
            row.wrong = Some(Wrong {
                canonical: canonical::with_cells(spec, row.case, &cells, Ok(&value)),
                digest: None,
            });
        }
        if matches!(row.result.verdict, CaseVerdict::Passed) {
            right.push((row.case.name.clone(), value));
        }
    }
    Ok(right)
}
