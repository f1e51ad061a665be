//! Runs the known mistakes of a kata on its cases: the matrix, and whether all languages make the same mistake.

use std::path::Path;

use super::matrix::{Matrix, Row};
use super::tree::Text;
use super::{AuthorError, Bench, Patience, Trial, trials};
use crate::catalog;
use crate::grade;
use crate::seal::{Finding, Lock};
use crate::track::Track;

/// Which wrong implementations are run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WrongAnswers {
    /// All.
    Run,
    /// Those that the lock has not recorded; its record stands for the others.
    Recorded,
}

/// Creates the matrix; a pitfall without a program, without an entry, or that no case catches is a finding.
///
/// # Errors
/// When the tools are missing or broken.
pub(crate) fn matrix(
    bench: &Bench<'_>,
    wrong_answers: WrongAnswers,
    findings: &mut Vec<Finding>,
) -> Result<Matrix, AuthorError> {
    let (tree, spec) = (bench.tree, &bench.tree.kata.spec);
    let id = &tree.kata.id;
    for pitfall in &spec.pitfalls {
        let is_stale = tree.stale.iter().any(|diff| diff.id == pitfall.id);
        if !is_stale && !tree.wrong.iter().any(|text| text.id == pitfall.id) {
            findings.push(Finding::new(
                format!("The pitfall `{}` has no wrong implementation.", pitfall.id),
                format!(
                    "write solutions/{id}/wrong/{}.{}",
                    pitfall.id,
                    tree.ending()
                ),
            ));
        }
    }
    for diff in &tree.stale {
        let file = name(&diff.path);
        findings.push(Finding::new(
            format!(
                "solutions/{id}/{file} does not apply to the solution: {}.",
                diff.why
            ),
            format!("make the change again, and create the diff with `diff -u`; or replace {file} by the whole program"),
        ));
    }
    let cases = tree.cases();
    let mut matrix = Matrix {
        cases: cases
            .iter()
            .map(|case| (case.name.clone(), case.kind))
            .collect(),
        rows: Vec::new(),
    };
    let lock = match wrong_answers {
        // The outcomes of sealed cases are encrypted in it.
        WrongAnswers::Recorded if tree.sealed.is_empty() => tree.kata.fitting_lock()?,
        _ => None,
    };
    let recorded = |text: &Text| {
        let mut all = lock.iter().flat_map(Lock::pitfalls);
        all.find(|recorded| {
            recorded.is_program(&text.id, text.track.name(), &text.source)
                && recorded.cases.len() == cases.len()
        })
    };
    let (mut kept, mut run): (Vec<(&Text, Row)>, Vec<&Text>) = (Vec::new(), Vec::new());
    for text in tree.run_wrong() {
        match recorded(text) {
            Some(recorded) => kept.push((text, Row::recorded(recorded, text.track.name()))),
            None => run.push(text),
        }
    }
    let programs: Vec<(&dyn Track, &str)> = run
        .iter()
        .map(|text| (text.track as &dyn Track, text.source.as_str()))
        .collect();
    let mut tried: Vec<(&Text, Trial)> = Vec::new();
    for (text, trial) in run
        .into_iter()
        .zip(trials(bench, &programs, Patience::Usual)?)
    {
        if !spec.pitfalls.iter().any(|pitfall| pitfall.id == text.id) {
            findings.push(Finding::new(
                format!(
                    "solutions/{id}/wrong has `{}`, which is not a pitfall in the spec.",
                    text.id
                ),
                format!("describe it under `pitfalls` in katas/{id}/kata.yaml"),
            ));
        }
        match trial {
            None => findings.push(Finding::new(
                format!("The wrong implementation of `{}` cannot be run.", text.id),
                match catalog::is_diff(&text.path) {
                    true => format!(
                        "see whether the program still compiles with {}",
                        name(&text.path)
                    ),
                    false => format!(
                        "katas run {id} --answer solutions/{id}/{}",
                        name(&text.path)
                    ),
                },
            )),
            Some(trial) => tried.push((text, trial)),
        }
    }
    // In the order of the spec, one language after the other.
    let language = |text: &Text| {
        let mut all = tree.tracks.iter();
        all.position(|track| track.name() == text.track.name())
    };
    let place = |text: &Text| {
        spec.pitfalls
            .iter()
            .position(|pitfall| pitfall.id == text.id)
    };
    tried.sort_by_key(|(text, _)| (language(text), place(text)));
    let mut rows = kept;
    for (at, (text, trial)) in tried.iter().enumerate() {
        let mut before = tried[..at].iter();
        if let Some(first) = before.find(|(other, _)| other.id == text.id) {
            findings.extend(another_mistake(bench, first, (text, trial)));
        }
        let track = text.track.name();
        rows.push((
            text,
            Row::new(spec, &cases, &text.id, track, &trial.outcomes, &trial.right),
        ));
    }
    rows.sort_by_key(|(text, _)| (language(text), place(text)));
    matrix.rows.extend(rows.into_iter().map(|(_, row)| row));
    let more = "add a case whose output shows the difference";
    findings.extend(
        matrix
            .faults()
            .into_iter()
            .map(|what| Finding::new(what, more)),
    );
    Ok(matrix)
}

/// The file of a wrong implementation, below its kata's solutions.
fn name(path: &Path) -> String {
    let file = path.file_name().unwrap_or_default();
    format!("wrong/{}", file.to_string_lossy())
}

/// Describes how a program differs from the first language's program for the same mistake: a case on which their
/// outputs differ. How a program fails depends on the language; that it gives no output is part of the mistake.
fn another_mistake(
    bench: &Bench<'_>,
    (first, right): &(&Text, Trial),
    (text, trial): (&Text, &Trial),
) -> Option<Finding> {
    let kata = bench.tree.kata;
    let cases = bench.tree.cases();
    let outcomes = right.outcomes.iter().zip(&trial.outcomes);
    let differs = cases
        .iter()
        .zip(outcomes)
        .find(|(case, (one, other))| !grade::agree(kata, case, one, other))?;
    let (case, (one, other)) = differs;
    let how = match (one.is_ok(), other.is_ok()) {
        (true, false) => format!("only {} returns an output", name(&first.path)),
        (false, true) => format!("only {} returns an output", name(&text.path)),
        _ => "their outputs differ".to_owned(),
    };
    Some(Finding::new(
        format!(
            "{} makes a different mistake than {}: on `{}`, {how}.",
            name(&text.path),
            name(&first.path),
            case.name
        ),
        "make the same mistake in both, or make the other one a separate pitfall",
    ))
}
