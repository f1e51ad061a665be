//! Checks a kata: its files, its starter, its solutions, its pitfalls against its cases, and mutants of its solution.

use std::path::PathBuf;

use super::matrix::Matrix;
use super::pitfalls::{self, WrongAnswers};
use super::{AuthorError, Bench, Patience, operations, trials};
use crate::catalog::CatalogError;
use crate::files;
use crate::seal::Finding;
use crate::spec::CaseKind;
use crate::track::{Change, Mutant, Track};
use crate::words::plural;

/// The minimum number of hints of a kata.
const FEWEST_HINTS: usize = 3;

/// The result of checking.
pub struct Report {
    /// What must be changed.
    pub findings: Vec<Finding>,
    /// Which case catches which pitfall.
    pub matrix: Matrix,
    /// Whether every solution passes.
    pub is_solved: bool,
    /// Redundant cases, from 0: others catch whatever they catch. Empty unless mutants were run.
    pub spare: Vec<usize>,
    /// Cases whose output depends on the order of summation, from 0.
    pub ordered: Vec<usize>,
    /// Cases whose output differs when a solution is compiled as a whole, from 0.
    pub compiled: Vec<usize>,
    /// The mutants, if they were run.
    pub mutants: Option<Mutants>,
}

/// The result of running the mutants.
pub struct Mutants {
    /// How many compiled.
    pub ran: usize,
    /// Those that no case catches, each with the file it was made from.
    pub survivors: Vec<(String, Mutant)>,
}

/// Whether to run mutants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Depth {
    /// Everything but mutants.
    WithoutMutants,
    /// Everything.
    Whole,
}

/// Checks everything but the lock, which `seal` checks.
///
/// # Errors
/// When the tools are missing or broken, or a file cannot be read.
pub(crate) fn check(
    bench: &Bench<'_>,
    depth: Depth,
    wrong_answers: WrongAnswers,
) -> Result<Report, AuthorError> {
    let kata = bench.tree.kata;
    let mut findings = Vec::new();
    texts(bench, &mut findings)?;
    starters(bench, &mut findings)?;
    let is_solved = solutions(bench, &mut findings)?;
    let matrix = pitfalls::matrix(bench, wrong_answers, &mut findings)?;
    let mut report = Report {
        findings,
        matrix,
        is_solved,
        spare: Vec::new(),
        ordered: Vec::new(),
        compiled: Vec::new(),
        mutants: None,
    };
    if !is_solved {
        return Ok(report);
    }
    report.ordered = changed(bench, Change::Order)?;
    report.compiled = changed(bench, Change::Compiled)?;
    if depth == Depth::WithoutMutants {
        return Ok(report);
    }
    let mut made: Vec<(String, &dyn Track, Mutant)> = Vec::new();
    for text in bench.tree.run_solutions() {
        let all = text.track.mutants(&kata.spec, &text.source).into_iter();
        made.extend(all.map(|mutant| (text.id.clone(), text.track, mutant)));
    }
    let programs: Vec<(&dyn Track, &str)> = made
        .iter()
        .map(|(_, track, mutant)| (*track, mutant.source.as_str()))
        .collect();
    let trials = trials(bench, &programs, Patience::Short)?;
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

/// Checks that the statement, the hints, the pitfalls and the hidden cases exist and are not empty.
fn texts(bench: &Bench<'_>, findings: &mut Vec<Finding>) -> Result<(), AuthorError> {
    let kata = bench.tree.kata;
    let id = &kata.id;
    let statement = present(kata.statement())?;
    if !statement
        .as_deref()
        .is_some_and(|text| text.starts_with("# "))
    {
        findings.push(Finding::new(
            "There is no statement, or it has no title.",
            format!("write katas/{id}/README.md, beginning with `# ` and the title"),
        ));
    }
    let hints = present(kata.hints())?.unwrap_or_default();
    if hints.len() < FEWEST_HINTS || hints.iter().any(|hint| hint.text.is_empty()) {
        findings.push(Finding::new(
            format!("There are fewer than {FEWEST_HINTS} hints, or one is empty."),
            format!("write katas/{id}/hints.md with `## 1`, `## 2`, `## 3`, from mild to strong"),
        ));
    }
    for pitfall in &kata.spec.pitfalls {
        if let Some(step) = pitfall.hint.filter(|step| *step > hints.len()) {
            findings.push(Finding::new(
                format!(
                    "The pitfall `{}` names hint {step}, but hints.md has {}.",
                    pitfall.id,
                    plural(hints.len(), "hint")
                ),
                format!("name a hint that fits it, or add the hint to katas/{id}/hints.md"),
            ));
        }
    }
    operations::unknown(kata, &bench.tree.tracks, findings);
    open_ends(bench, findings);
    if !bench
        .tree
        .kata
        .spec
        .cases
        .iter()
        .any(|case| case.kind == CaseKind::Hidden)
    {
        findings.push(Finding::new(
            "There is no hidden case.",
            format!(
                "add one to katas/{id}/kata.yaml, and its output to solutions/{id}/hidden.yaml"
            ),
        ));
    }
    if kata.spec.pitfalls.is_empty() {
        findings.push(Finding::new(
            "There is no pitfall.",
            format!(
                "describe a known mistake in katas/{id}/kata.yaml, and add an answer that makes it to solutions/{id}/wrong/"
            ),
        ));
    }
    Ok(())
}

/// The `TODO`s that remain in the files of the kata.
fn open_ends(bench: &Bench<'_>, findings: &mut Vec<Finding>) {
    let kata = bench.tree.kata;
    let mut files: Vec<PathBuf> = ["kata.yaml", "README.md", "hints.md"]
        .iter()
        .map(|name| kata.folder().join(name))
        .collect();
    let starters = bench.tree.tracks.iter();
    files
        .extend(starters.map(|track| kata.folder().join(format!("starter.{}", track.extension()))));
    files.push(kata.secrets().join("hidden.yaml"));
    let programs = bench.tree.run_solutions().chain(bench.tree.run_wrong());
    files.extend(programs.map(|text| text.path.clone()));
    for file in files {
        // A missing file is reported where it is needed.
        let text = files::read_text(&file).unwrap_or_default();
        let count = text.matches(super::OPEN).count();
        if count > 0 {
            let name = file.strip_prefix(&kata.root).unwrap_or(&file).display();
            let s = if count == 1 { "" } else { "s" };
            findings.push(Finding::new(
                format!("{name} still has {count} `{}`{s}.", super::OPEN),
                "replace each one with your own text",
            ));
        }
    }
}

/// The contents of a file; `None` if it does not exist.
fn present<T>(read: Result<T, CatalogError>) -> Result<Option<T>, AuthorError> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(CatalogError::File(error)) if error.source.kind() == std::io::ErrorKind::NotFound => {
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

/// Checks that every starter can be run and is not yet an answer.
fn starters(bench: &Bench<'_>, findings: &mut Vec<Finding>) -> Result<(), AuthorError> {
    let kata = bench.tree.kata;
    for track in &bench.tree.tracks {
        let name = format!("starter.{}", track.extension());
        let file = format!("katas/{}/{name}", kata.id);
        let Some(source) = present(kata.starter(track.extension()))? else {
            if kata.solution(track.extension()).is_file() {
                findings.push(Finding::new(
                    format!("There is no {file}."),
                    "write one that can be run and leaves the task to the learner",
                ));
            }
            continue;
        };
        let run = format!("katas run {} --answer {file}", kata.id);
        match bench.run(*track, &source, Patience::Usual)? {
            None => findings.push(Finding::new(format!("{name} cannot be run."), run)),
            Some(trial) if trial.passes() => findings.push(Finding::new(
                format!("{name} passes, so there is nothing left to write."),
                run,
            )),
            Some(_) => {}
        }
    }
    Ok(())
}

/// Checks that there is a solution in each language of the kata and that all solutions pass; returns whether both are
/// true.
fn solutions(bench: &Bench<'_>, findings: &mut Vec<Finding>) -> Result<bool, AuthorError> {
    let (tree, kata) = (bench.tree, bench.tree.kata);
    let before = findings.len();
    if tree.run_solutions().next().is_none() {
        findings.push(Finding::new(
            "There is no reference solution.",
            format!("write solutions/{}/solution.{}", kata.id, tree.ending()),
        ));
    }
    for track in &tree.tracks {
        let ending = track.extension();
        let is_written = kata.solution(ending).is_file();
        if !is_written && kata.has_starter(ending) && findings.len() == before {
            findings.push(Finding::new(
                format!("There is a starter.{ending}, but no solution.{ending}."),
                format!("write solutions/{}/solution.{ending}", kata.id),
            ));
        }
    }
    for text in tree.run_solutions() {
        let run = format!(
            "katas run {} --answer solutions/{}/{}",
            kata.id, kata.id, text.id
        );
        match bench.run(text.track, &text.source, Patience::Usual)? {
            None => findings.push(Finding::new(format!("{} cannot be run.", text.id), run)),
            Some(trial) if !trial.passes() => {
                findings.push(Finding::new(format!("{} does not pass.", text.id), run));
            }
            Some(_) => {}
        }
    }
    Ok(findings.len() == before)
}

/// The cases that a solution fails when it is changed in this way.
fn changed(bench: &Bench<'_>, change: Change) -> Result<Vec<usize>, AuthorError> {
    let mut found = vec![false; bench.tree.cases().len()];
    for text in bench.tree.run_solutions() {
        let variants = text.track.variants(&bench.tree.kata.spec, &text.source);
        let changed: Vec<(&dyn Track, &str)> = variants
            .iter()
            .filter(|variant| variant.change == change)
            .map(|variant| (text.track, variant.source.as_str()))
            .collect();
        for trial in trials(bench, &changed, Patience::Usual)?
            .into_iter()
            .flatten()
        {
            // A change that does not compile gives no outputs to compare.
            for ((found, right), outcome) in found.iter_mut().zip(trial.right).zip(trial.outcomes) {
                *found |= !right && outcome.is_ok();
            }
        }
    }
    Ok((0..found.len()).filter(|case| found[*case]).collect())
}
