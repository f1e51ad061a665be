//! Runs many programs on all cases of a kata, in parallel, and those of a language together if it can combine them.

use super::runner::{Processes, Runner};
use super::{AuthorError, Bench, Patience, Trial};
use crate::array::Value;
use crate::parallel;
use crate::track::Track;

/// The trial of each program, in order; `None` where it cannot be run.
///
/// # Errors
/// When the tools are missing or broken.
pub(crate) fn trials(
    bench: &Bench<'_>,
    programs: &[(&dyn Track, &str)],
    patience: Patience,
) -> Result<Vec<Option<Trial>>, AuthorError> {
    let spec = &bench.tree.kata.spec;
    let mut trials = vec![None; programs.len()];
    let mut rest: Vec<usize> = (0..programs.len()).collect();
    while let Some(first) = rest.first() {
        let track = programs[*first].0;
        let (group, others) = rest
            .into_iter()
            .partition::<Vec<usize>, _>(|number| programs[*number].0.name() == track.name());
        rest = others;
        let texts: Vec<&str> = group.iter().map(|number| programs[*number].1).collect();
        let found = match track.combined(spec, "", &[])? {
            Some(_) => together(bench, track, &texts, patience)?,
            None => parallel::map(&texts, parallel::processors(), |text| {
                bench.run(track, text, patience)
            })?,
        };
        for (number, trial) in group.into_iter().zip(found) {
            trials[number] = trial;
        }
    }
    Ok(trials)
}

/// The trials of programs in a language that can combine them.
fn together(
    bench: &Bench<'_>,
    track: &dyn Track,
    programs: &[&str],
    patience: Patience,
) -> Result<Vec<Option<Trial>>, AuthorError> {
    let cases = bench.tree.cases();
    let inputs: Vec<Vec<Value>> = cases.iter().map(|case| case.given.clone()).collect();
    let runner = Runner {
        bench,
        track,
        session: &*bench.session(track)?,
        patience,
        processes: Processes::OneProgram,
    };
    let ran = runner.run(programs, &inputs)?.into_iter();
    let trials = ran.map(|ran| {
        let (mut outcomes, mut calls) = (Vec::new(), Vec::new());
        for case in ran? {
            outcomes.push(case.output);
            calls.extend(case.calls);
        }
        Some(bench.trial(outcomes, &calls))
    });
    Ok(trials.collect())
}
