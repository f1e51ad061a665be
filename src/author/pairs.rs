//! Runs pairs of known mistakes together, for the lock: a learner often makes two at once.
//!
//! A pair is the solution with the changes of two wrong implementations, if they are in different places, or a wrong
//! implementation that gets one input changed. Hundreds of pairs are compiled as a few programs.

use std::collections::HashSet;

use super::runner::{Processes, Runner};
use super::{AuthorError, Bench, Patience, Text, inputs};
use crate::array::{Dtype, Value};
use crate::catalog;
use crate::diagnose::{How, InputChange};
use crate::grade;
use crate::seal::{Observed, Other, Pairs, Print, Probe};
use crate::spec::{Case, CaseKind, Spec, Type};

/// The number of pitfalls, the first of the spec, whose pairs are run: authors begin with the common ones.
const PITFALLS: usize = 40;

/// The maximum work of running pairs of wrong implementations: the bytes of their programs, times the number of cases that
/// each one runs. Those of the first pitfalls come first. This is a minute of processor time at most: only the longest kata
/// reaches it.
const WORK: usize = 60_000_000;

/// The number of probes.
const PROBES: usize = 6;

/// Runs the pairs; `None` if no language of the kata supports it.
///
/// # Errors
/// When the tools are missing or broken.
pub(crate) fn pairs(bench: &Bench<'_>) -> Result<Option<Pairs>, AuthorError> {
    let spec = &bench.tree.kata.spec;
    for solution in bench.tree.run_solutions() {
        if solution.track.combined(spec, "", &[])?.is_some() {
            return of_solution(bench, solution).map(Some);
        }
    }
    Ok(None)
}

/// A pair, by the ids of its two mistakes, and what it did on the shown cases and the probes.
type Pair = ([String; 2], Vec<Observed>);

fn of_solution(bench: &Bench<'_>, solution: &Text) -> Result<Pairs, AuthorError> {
    let spec = &bench.tree.kata.spec;
    let runner = Runner {
        bench,
        track: solution.track,
        session: &*bench.session(solution.track)?,
        patience: Patience::Short,
        processes: Processes::SeveralPrograms,
    };
    let shown: Vec<&Case> = spec
        .cases
        .iter()
        .filter(|case| case.kind == CaseKind::Shown)
        .collect();
    let probes = probes(&runner, &solution.source, &shown)?;
    let mut cases: Vec<Case> = shown.iter().map(|case| (*case).clone()).collect();
    cases.extend(probes.iter().map(|(_, case)| case.clone()));
    let wrong: Vec<&Text> = spec
        .pitfalls
        .iter()
        .filter_map(|pitfall| {
            let mut own = bench.tree.run_wrong();
            own.find(|text| text.id == pitfall.id && text.track.name() == solution.track.name())
        })
        .take(PITFALLS)
        .collect();

    let alone: Vec<&str> = std::iter::once(solution)
        .chain(wrong.iter().copied())
        .map(|text| text.source.as_str())
        .collect();
    let single = unchanged(&runner, &alone, &cases, shown.len())?;
    let pairs = [
        merged_pairs(&runner, &solution.source, &wrong, &cases, shown.len())?,
        changed_pairs(&runner, &alone, &wrong, &cases, shown.len())?,
    ]
    .concat();

    let print = |observed: &Vec<Observed>| Print::new(spec, observed);
    let single: Vec<Print> = single.iter().flatten().map(print).collect();
    let cases_of_probes: Vec<Case> = probes.iter().map(|(_, case)| case.clone()).collect();
    let mut table = Pairs::new(probes.into_iter().map(|(probe, _)| probe).collect());
    if table.probes.iter().any(|probe| probe.other == Other::Near) {
        for (id, observed) in on_probes(&runner, solution, &cases_of_probes)? {
            table.add_alone(&id, Print::new(spec, &observed));
        }
    }
    for ([one, other], observed) in &pairs {
        // Every starter panics on all cases: a pair needs an output to be recognized by.
        let has_output = observed[..shown.len()]
            .iter()
            .any(|found| matches!(found, Observed::Digest(_) | Observed::Output(_)));
        let pair = print(observed);
        // A pair that acts like one mistake, or like none, says nothing new.
        if has_output && !single.iter().any(|single| single.is_like(pair)) {
            table.add(one, other, pair);
        }
    }
    Ok(table)
}

/// What each program did on the cases as they are.
fn unchanged(
    runner: &Runner<'_>,
    programs: &[&str],
    cases: &[Case],
    shown: usize,
) -> Result<Vec<Option<Vec<Observed>>>, AuthorError> {
    let given = cases.iter().map(|case| case.given.clone()).collect();
    let found = runner.observed(programs, cases, shown, &[given])?;
    Ok(found.into_iter().flatten().collect())
}

/// What each known mistake did on the probes.
fn on_probes(
    runner: &Runner<'_>,
    solution: &Text,
    probes: &[Case],
) -> Result<Vec<(String, Vec<Observed>)>, AuthorError> {
    let spec = &runner.bench.tree.kata.spec;
    let wrong: Vec<&Text> = runner
        .bench
        .tree
        .run_wrong()
        .filter(|text| text.track.name() == solution.track.name())
        .collect();
    let programs: Vec<&str> = wrong.iter().map(|text| text.source.as_str()).collect();
    let found = unchanged(runner, &programs, probes, 0)?;
    let mut all: Vec<(String, Vec<Observed>)> = Vec::new();
    for (text, found) in wrong.iter().zip(found) {
        all.extend(found.map(|found| (text.id.clone(), found)));
    }
    let known: Vec<&Case> = spec.cases.iter().collect();
    let changes = inputs::changes(spec);
    let given = |change: &InputChange| -> Vec<Vec<Value>> {
        let changed = probes
            .iter()
            .map(|probe| inputs::given(spec, change, probe, &known));
        changed.collect()
    };
    let given: Vec<Vec<Vec<Value>>> = changes.iter().map(given).collect();
    let found = runner.observed(&[&solution.source], probes, 0, &given)?;
    for (change, found) in changes.iter().zip(found) {
        let found = found.into_iter().flatten();
        all.extend(found.map(|found| (change.to_string(), found)));
    }
    Ok(all)
}

/// The pairs of wrong implementations.
fn merged_pairs(
    runner: &Runner<'_>,
    solution: &str,
    wrong: &[&Text],
    cases: &[Case],
    shown: usize,
) -> Result<Vec<Pair>, AuthorError> {
    let merged = merged(solution, wrong, WORK / cases.len().max(1));
    let programs: Vec<&str> = merged.iter().map(|(_, source)| source.as_str()).collect();
    let found = unchanged(runner, &programs, cases, shown)?;
    let ids = merged.iter().map(|(ids, _)| ids.map(str::to_owned));
    Ok(ids
        .zip(found)
        .filter_map(|(ids, found)| Some((ids, found?)))
        .collect())
}

/// The pairs of a wrong implementation and an input changed. `alone` are the solution and the wrong implementations: the
/// same programs as before need not be compiled again.
fn changed_pairs(
    runner: &Runner<'_>,
    alone: &[&str],
    wrong: &[&Text],
    cases: &[Case],
    shown: usize,
) -> Result<Vec<Pair>, AuthorError> {
    let spec = &runner.bench.tree.kata.spec;
    let known: Vec<&Case> = spec.cases.iter().collect();
    let likely = inputs::changes(spec).into_iter();
    let likely: Vec<InputChange> = likely.filter(|change| is_likely(spec, change)).collect();
    if likely.is_empty() {
        return Ok(Vec::new());
    }
    let mut given: Vec<Vec<Vec<Value>>> = Vec::new();
    for change in &likely {
        let changed = cases
            .iter()
            .map(|case| inputs::given(spec, change, case, &known));
        given.push(changed.collect());
    }
    let found = runner.observed(alone, cases, shown, &given)?;
    let mut pairs = Vec::new();
    for (change, found) in likely.iter().zip(found) {
        for (text, found) in wrong.iter().zip(found.into_iter().skip(1)) {
            pairs.extend(found.map(|found| ([text.id.clone(), change.to_string()], found)));
        }
    }
    Ok(pairs)
}

/// Whether the change of an input is a mistake that people often make besides another: a flag or a real number, such as
/// an epsilon, that is ignored, inverted, or swapped with another.
fn is_likely(spec: &Spec, change: &InputChange) -> bool {
    let mut params = spec.params.iter();
    let param = params.find(|param| param.name == change.param);
    let is_setting = param.is_some_and(|param| match param.ty {
        Type::Scalar(dtype) => dtype == Dtype::Bool || dtype.is_float(),
        _ => false,
    });
    let is_common = matches!(
        change.how,
        How::First
            | How::Small5
            | How::Small6
            | How::Zero
            | How::One
            | How::Inverted
            | How::Exchanged
    );
    is_setting && is_common
}

/// The solution with the changes of two wrong implementations, for each two whose changes do not overlap, up to this many
/// bytes.
fn merged<'t>(
    solution: &str,
    wrong: &[&'t Text],
    most_bytes: usize,
) -> Vec<([&'t str; 2], String)> {
    let mut known: HashSet<String> = wrong.iter().map(|text| text.source.clone()).collect();
    let mut merged = Vec::new();
    let mut bytes = 0;
    for (place, other) in wrong.iter().enumerate() {
        for one in &wrong[..place] {
            if let Some(both) = catalog::merged(solution, &one.source, &other.source)
                && known.insert(both.clone())
            {
                bytes += both.len();
                if bytes > most_bytes {
                    return merged;
                }
                merged.push(([one.id.as_str(), other.id.as_str()], both));
            }
        }
    }
    merged
}

/// Inputs besides the shown cases, on which the solution has a finite output: every parameter in turn gets other
/// values.
fn probes(
    runner: &Runner<'_>,
    solution: &str,
    shown: &[&Case],
) -> Result<Vec<(Probe, Case)>, AuthorError> {
    let spec = &runner.bench.tree.kata.spec;
    let mut candidates = Vec::new();
    for other in [Other::Near, Other::Second, Other::First] {
        for case in shown {
            for (input, given) in grade::changed(spec, case, other) {
                let case = Case {
                    given,
                    ..(*case).clone()
                };
                candidates.push((input, other, case));
            }
        }
    }
    let inputs: Vec<Vec<Value>> = candidates
        .iter()
        .map(|(_, _, case)| case.given.clone())
        .collect();
    let mut ran = runner.run(&[solution], &inputs)?;
    let Some(Some(ran)) = ran.pop() else {
        return Ok(Vec::new());
    };
    let usable = candidates.into_iter().zip(ran);
    let mut usable: Vec<(Probe, Case)> = usable
        .filter_map(|((input, other, case), ran)| {
            let right = ran.output.ok().filter(Value::is_finite)?;
            let expected = case.expect.as_ref()?;
            let probe = Probe::new(&case.name, input, other, expected, &right);
            Some((probe, case))
        })
        .collect();
    // On other values, flags and limits may lose their meaning, so they are the last resort.
    if usable.iter().any(|(probe, _)| probe.other == Other::Near) {
        usable.retain(|(probe, _)| probe.other == Other::Near);
    }
    let mut chosen: Vec<(Probe, Case)> = Vec::new();
    while chosen.len() < PROBES && !usable.is_empty() {
        // The one whose input and case have been used least so far; of equals, the first.
        let uses = |(probe, _): &(Probe, Case)| {
            let count = |same: &dyn Fn(&Probe) -> bool| {
                chosen.iter().filter(|(probe, _)| same(probe)).count()
            };
            (
                count(&|known| known.input == probe.input),
                count(&|known| known.case == probe.case),
            )
        };
        let least = (0..usable.len()).min_by_key(|place| uses(&usable[*place]));
        chosen.extend(least.map(|place| usable.remove(place)));
    }
    Ok(chosen)
}
