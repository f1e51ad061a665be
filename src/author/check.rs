//! Checks a kata: its files, its starter, its solutions, its pitfalls against its cases, and mutants of its solution.

use std::path::PathBuf;

use super::matrix::{Matrix, Row};
use super::operations;
use super::{AuthorError, Bench, Trial};
use crate::catalog::{CatalogError, Kata};
use crate::files;
use crate::seal::Finding;
use crate::spec::CaseKind;
use crate::track::{AUTHORED, Mutant, Track};
use crate::words::plural;

/// The fewest steps of help a kata has.
const FEWEST_HINTS: usize = 3;

/// The result of checking.
pub struct Report {
    /// What must be changed.
    pub findings: Vec<Finding>,
    /// Which case catches which pitfall.
    pub matrix: Matrix,
    /// Whether every solution passes.
    pub is_solved: bool,
    /// Cases that catch nothing that no other catches, from 0; none unless mutants were run.
    pub spare: Vec<usize>,
    /// Cases whose output depends on the order of its sums, from 0.
    pub ordered: Vec<usize>,
    /// The mutants, if they were run.
    pub mutants: Option<Mutants>,
}

/// The result of the mutants.
pub struct Mutants {
    /// How many compiled.
    pub ran: usize,
    /// Those that every case lets through, with the file each is of.
    pub survivors: Vec<(String, Mutant)>,
}

/// Whether mutants are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Depth {
    /// Everything but mutants.
    WithoutMutants,
    /// Everything.
    Whole,
}

/// Checks everything but the lock, which `seal` looks after.
///
/// # Errors
/// When the tools are missing or broken, or a file cannot be read.
pub(crate) fn check(bench: &Bench<'_>, depth: Depth) -> Result<Report, AuthorError> {
    let kata = bench.tree.kata;
    let mut findings = Vec::new();
    texts(bench, &mut findings)?;
    starters(bench, &mut findings)?;
    let is_solved = solutions(bench, &mut findings)?;
    let matrix = matrix(bench, &mut findings)?;
    let mut report = Report {
        findings,
        matrix,
        is_solved,
        spare: Vec::new(),
        ordered: Vec::new(),
        mutants: None,
    };
    if !is_solved {
        return Ok(report);
    }
    report.ordered = ordered(bench)?;
    if depth == Depth::WithoutMutants {
        return Ok(report);
    }
    let mut made: Vec<(String, &dyn Track, Mutant)> = Vec::new();
    for text in &bench.tree.solutions {
        let all = text.track.mutants(&kata.spec, &text.source).into_iter();
        made.extend(all.map(|mutant| (text.id.clone(), text.track, mutant)));
    }
    let programs: Vec<(&dyn Track, &str)> = made
        .iter()
        .map(|(_, track, mutant)| (*track, mutant.source.as_str()))
        .collect();
    let trials = bench.run_all(&programs)?;
    let mut caught = Vec::new();
    let mut found = Mutants {
        ran: 0,
        survivors: Vec::new(),
    };
    for ((file, _, mutant), trial) in made.into_iter().zip(trials) {
        let Some(trial) = trial else { continue };
        found.ran += 1;
        caught.push(trial.right.iter().map(|right| !right).collect());
        if trial.passes() {
            found.survivors.push((file, mutant));
        }
    }
    report.spare = report.matrix.spare(&caught);
    report.mutants = Some(found);
    Ok(report)
}

fn finding(what: impl Into<String>, instead: impl Into<String>) -> Finding {
    Finding {
        what: what.into(),
        instead: instead.into(),
    }
}

/// The statement, the hints, the pitfalls, the hidden cases: whether they are there, and written.
fn texts(bench: &Bench<'_>, findings: &mut Vec<Finding>) -> Result<(), AuthorError> {
    let kata = bench.tree.kata;
    let id = &kata.id;
    let statement = present(kata.statement())?;
    if !statement
        .as_deref()
        .is_some_and(|text| text.starts_with("# "))
    {
        findings.push(finding(
            "There is no statement, or it has no title.",
            format!("write katas/{id}/README.md, beginning with `# ` and the title"),
        ));
    }
    let hints = present(kata.hints())?.unwrap_or_default();
    if hints.len() < FEWEST_HINTS || hints.iter().any(|hint| hint.text.is_empty()) {
        findings.push(finding(
            format!("There are fewer than {FEWEST_HINTS} hints, or one is empty."),
            format!("write katas/{id}/hints.md with `## 1`, `## 2`, `## 3`, from mild to strong"),
        ));
    }
    for pitfall in &kata.spec.pitfalls {
        if let Some(step) = pitfall.hint.filter(|step| *step > hints.len()) {
            findings.push(finding(
                format!(
                    "The pitfall `{}` names hint {step}, and hints.md has {}.",
                    pitfall.id,
                    plural(hints.len(), "hint")
                ),
                format!("name a hint that fits it, or add the hint to katas/{id}/hints.md"),
            ));
        }
    }
    operations::unknown(kata, findings);
    open_ends(bench, findings);
    if !bench
        .tree
        .kata
        .spec
        .cases
        .iter()
        .any(|case| case.kind == CaseKind::Hidden)
    {
        findings.push(finding(
            "There is no hidden case.",
            format!(
                "add one to katas/{id}/kata.yaml, and its output to solutions/{id}/hidden.yaml"
            ),
        ));
    }
    if kata.spec.pitfalls.is_empty() {
        findings.push(finding(
            "There is no pitfall.",
            format!(
                "describe a known mistake in katas/{id}/kata.yaml, and add an answer that makes it to solutions/{id}/wrong/"
            ),
        ));
    }
    Ok(())
}

/// What is still to be written in any file of the kata.
fn open_ends(bench: &Bench<'_>, findings: &mut Vec<Finding>) {
    let kata = bench.tree.kata;
    let mut files: Vec<PathBuf> = ["kata.yaml", "README.md", "hints.md"]
        .iter()
        .map(|name| kata.folder().join(name))
        .collect();
    let starters = AUTHORED.iter();
    files
        .extend(starters.map(|track| kata.folder().join(format!("starter.{}", track.extension()))));
    files.push(kata.secrets().join("hidden.yaml"));
    let programs = bench.tree.solutions.iter().chain(&bench.tree.wrong);
    files.extend(programs.map(|text| text.path.clone()));
    for file in files {
        // A file that is not there is told where it is needed.
        let text = files::read_text(&file).unwrap_or_default();
        let count = text.matches(super::OPEN).count();
        if count > 0 {
            let name = file.strip_prefix(&kata.root).unwrap_or(&file).display();
            findings.push(finding(
                format!("{name} still has {count} `{}`.", super::OPEN),
                "replace each one with your own text",
            ));
        }
    }
}

/// What was read; `None` where the file is not there.
fn present<T>(read: Result<T, CatalogError>) -> Result<Option<T>, AuthorError> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(CatalogError::File(error)) if error.source.kind() == std::io::ErrorKind::NotFound => {
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

/// Every starter compiles and is not yet an answer.
fn starters(bench: &Bench<'_>, findings: &mut Vec<Finding>) -> Result<(), AuthorError> {
    let kata = bench.tree.kata;
    for track in AUTHORED {
        let file = format!("katas/{}/starter.{}", kata.id, track.extension());
        let has_solution = kata.solution(track.extension()).is_file();
        let Some(source) = present(kata.starter(track.extension()))? else {
            if has_solution {
                findings.push(finding(
                    format!("There is no {file}."),
                    "write one that compiles and ends in `todo!`",
                ));
            }
            continue;
        };
        let run = format!("katas run {} --answer {file}", kata.id);
        match bench.run(*track, &source)? {
            None => findings.push(finding("The starter does not compile.", run)),
            Some(trial) if trial.passes() => {
                findings.push(finding(
                    "The starter passes, so there is nothing left to write.",
                    run,
                ));
            }
            Some(_) => {}
        }
    }
    Ok(())
}

/// The ending of programs in a language that the kata can be solved in.
fn ending(kata: &Kata) -> &'static str {
    let mut endings = AUTHORED.iter().map(|track| track.extension());
    let first = endings.clone().next().unwrap_or_default();
    endings
        .find(|ending| kata.has_starter(ending))
        .unwrap_or(first)
}

/// Every solution passes, and all give the same bits; says whether there is one and they do.
fn solutions(bench: &Bench<'_>, findings: &mut Vec<Finding>) -> Result<bool, AuthorError> {
    let kata = bench.tree.kata;
    let before = findings.len();
    let mut first: Option<(&str, Trial)> = None;
    if bench.tree.solutions.is_empty() {
        findings.push(finding(
            "There is no reference solution.",
            format!("write solutions/{}/solution.{}", kata.id, ending(kata)),
        ));
    }
    for text in &bench.tree.solutions {
        let run = format!(
            "katas run {} --answer solutions/{}/{}",
            kata.id, kata.id, text.id
        );
        let Some(trial) = bench.run(text.track, &text.source)? else {
            findings.push(finding(format!("{} does not compile.", text.id), run));
            continue;
        };
        if !trial.passes() {
            findings.push(finding(format!("{} does not pass.", text.id), run));
        }
        let Some((other, known)) = &first else {
            first = Some((&text.id, trial));
            continue;
        };
        for (case, (one, two)) in bench
            .tree
            .cases()
            .iter()
            .zip(known.outcomes.iter().zip(&trial.outcomes))
        {
            if matches!((one, two), (Ok(one), Ok(two)) if one != two) {
                findings.push(finding(
                    format!("{other} and {} give different bits on `{}`.", text.id, case.name),
                    "choose inputs that are exact in every order, or compute both in the same order",
                ));
            }
        }
    }
    Ok(findings.len() == before)
}

/// Makes the matrix; pitfalls that are only words, or only programs, or that nothing catches, are findings.
///
/// # Errors
/// When the tools are missing or broken.
pub(crate) fn matrix(
    bench: &Bench<'_>,
    findings: &mut Vec<Finding>,
) -> Result<Matrix, AuthorError> {
    let (tree, spec) = (bench.tree, &bench.tree.kata.spec);
    let id = &tree.kata.id;
    for pitfall in &spec.pitfalls {
        if !tree.wrong.iter().any(|text| text.id == pitfall.id) {
            findings.push(finding(
                format!("The pitfall `{}` has no wrong implementation.", pitfall.id),
                format!(
                    "write solutions/{id}/wrong/{}.{}",
                    pitfall.id,
                    ending(tree.kata)
                ),
            ));
        }
    }
    let cases = tree.cases();
    let mut matrix = Matrix {
        cases: cases
            .iter()
            .map(|case| (case.name.clone(), case.kind))
            .collect(),
        rows: Vec::new(),
    };
    let programs: Vec<(&dyn Track, &str)> = tree
        .wrong
        .iter()
        .map(|text| (text.track, text.source.as_str()))
        .collect();
    for (text, trial) in tree.wrong.iter().zip(bench.run_all(&programs)?) {
        if !spec.pitfalls.iter().any(|pitfall| pitfall.id == text.id) {
            findings.push(finding(
                format!(
                    "solutions/{id}/wrong has `{}`, which is not a pitfall in the spec.",
                    text.id
                ),
                format!("describe it under `pitfalls` in katas/{id}/kata.yaml"),
            ));
        }
        match trial {
            None => findings.push(finding(
                format!(
                    "The wrong implementation of `{}` does not compile.",
                    text.id
                ),
                format!(
                    "katas run {id} --answer solutions/{id}/wrong/{}.{}",
                    text.id,
                    text.track.extension()
                ),
            )),
            Some(trial) => matrix.rows.push(Row::new(
                spec,
                &cases,
                &text.id,
                text.track.name(),
                &trial.outcomes,
                &trial.right,
            )),
        }
    }
    // In the spec's order, which is the author's.
    let place = |row: &Row| {
        spec.pitfalls
            .iter()
            .position(|pitfall| pitfall.id == row.id)
    };
    matrix.rows.sort_by_key(|row| (row.track, place(row)));
    let more = "add a case whose output shows the difference";
    findings.extend(matrix.faults().into_iter().map(|what| finding(what, more)));
    Ok(matrix)
}

/// The cases that come out otherwise when the solution's sums are done in another order.
fn ordered(bench: &Bench<'_>) -> Result<Vec<usize>, AuthorError> {
    let mut found = vec![false; bench.tree.cases().len()];
    for text in &bench.tree.solutions {
        let variants = text.track.variants(&text.source);
        let reordered: Vec<(&dyn Track, &str)> = variants
            .iter()
            .filter(|variant| variant.is_reordered)
            .map(|variant| (text.track, variant.source.as_str()))
            .collect();
        for trial in bench.run_all(&reordered)?.into_iter().flatten() {
            for (found, right) in found.iter_mut().zip(trial.right) {
                *found |= !right;
            }
        }
    }
    Ok((0..found.len()).filter(|case| found[*case]).collect())
}
