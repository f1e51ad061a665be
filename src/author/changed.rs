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

/// Runs the solution in the mistake's language, with the change that its id names, on every case.
///
/// # Errors
/// When the tools are missing or broken.
pub(crate) fn run_changed(
    bench: &Bench<'_>,
    mut mistakes: Vec<Mistake>,
) -> Result<Vec<Mistake>, AuthorError> {
    let spec = &bench.tree.kata.spec;
    let solutions: Vec<_> = bench.tree.run_solutions().collect();
    let cases = bench.tree.cases();
    let outcomes = parallel::map(&mistakes, parallel::processors(), |mistake| match solutions
        .iter()
        .find(|text| text.track.name() == mistake.track)
    {
        Some(solution) => outcomes(bench, &cases, solution, &mistake.id),
        None => Ok(Vec::new()),
    })?;
    for (mistake, mut outcomes) in mistakes.iter_mut().zip(outcomes) {
        mistake.sealed = outcomes.split_off(spec.cases.len().min(outcomes.len()));
        mistake.outcomes = outcomes;
    }
    Ok(mistakes)
}

/// The outcomes of a solution with the change of this id; `None` if it cannot be run.
fn outcomes(
    bench: &Bench<'_>,
    cases: &[&Case],
    solution: &Text,
    id: &str,
) -> Result<Vec<Outcome>, AuthorError> {
    let Some(change) = InputChange::parse(id) else {
        return Ok(Vec::new());
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
    Ok(match grade::outcomes(&request, &solution.source, &asked)? {
        Tried::Ran { outcomes, .. } => outcomes,
        Tried::Refused => Vec::new(),
    })
}
