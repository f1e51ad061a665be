//! Runs the solution with one input changed, for the lock.

use super::inputs::given;
use super::tree::Text;
use super::{AuthorError, Bench, Patience};
use crate::diagnose::InputChange;
use crate::grade::{self, Tried};
use crate::parallel;
use crate::seal::Mistake;
use crate::seal::canonical::Outcome;
use crate::spec::Case;
use crate::verdict::Failure;

/// Runs the solution of a mistake's language with the change that its id names, on every case.
///
/// A change that cannot be run is left out, and so is one that runs out of time or memory, which may be the machine's fault. A
/// mistake in a language that is not run stays as it is.
///
/// # Errors
/// When the tools are missing or broken.
pub(crate) fn run_changed(
    bench: &Bench<'_>,
    mistakes: Vec<Mistake>,
) -> Result<Vec<Mistake>, AuthorError> {
    let spec = &bench.tree.kata.spec;
    let solutions: Vec<_> = bench.tree.run_solutions().collect();
    let cases = bench.tree.cases();
    let all = parallel::map(&mistakes, parallel::processors(), |mistake| {
        let mut known = solutions.iter();
        let Some(solution) = known.find(|text| text.track.name() == mistake.track) else {
            return Ok(Some(mistake.clone()));
        };
        let outcomes = outcomes(bench, &cases, solution, &mistake.id)?;
        Ok::<_, AuthorError>(outcomes.map(|mut outcomes| Mistake {
            sealed: outcomes.split_off(spec.cases.len()),
            outcomes,
            ..mistake.clone()
        }))
    })?;
    Ok(all.into_iter().flatten().collect())
}

/// The outcomes of a solution with the change of this id; `None` if it cannot be run, or reaches a limit.
fn outcomes(
    bench: &Bench<'_>,
    cases: &[&Case],
    solution: &Text,
    id: &str,
) -> Result<Option<Vec<Outcome>>, AuthorError> {
    let Some(change) = InputChange::parse(id) else {
        return Ok(None);
    };
    let spec = &bench.tree.kata.spec;
    let others: Vec<Case> = cases
        .iter()
        .map(|case| Case {
            given: given(spec, &change, case, cases),
            ..(*case).clone()
        })
        .collect();
    let session = bench.session(solution.track)?;
    let request = bench.request(&*session, Patience::Short);
    let asked: Vec<&Case> = others.iter().collect();
    let tried = grade::outcomes(&request, &solution.source, &asked)?;
    let Tried::Ran { outcomes, .. } = tried else {
        return Ok(None);
    };
    let is_limited = |outcome: &Outcome| outcome.as_ref().is_err_and(Failure::may_be_the_machines);
    Ok((!outcomes.iter().any(is_limited)).then_some(outcomes))
}
