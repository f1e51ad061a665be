//! How the solution's output depends on the inputs in each shown case: which of them change it, and where its elements
//! come from.

use super::traces::traces;
use super::{AuthorError, Bench, Patience};
use crate::grade::{self, Tried};
use crate::seal::canonical::{Outcome, canonical};
use crate::seal::{Other, Used};
use crate::spec::{Case, CaseKind};

/// Asks the first solution; `None` where there is none or it cannot be run.
///
/// All solutions give the same bits, so one is enough. An input is not counted if changing it makes the solution
/// fail: this says nothing about an answer that does not fail.
///
/// # Errors
/// When the tools are missing or broken.
pub(crate) fn used(bench: &Bench<'_>) -> Result<Option<Vec<Used>>, AuthorError> {
    let (tree, spec) = (bench.tree, &bench.tree.kata.spec);
    let Some(solution) = tree.run_solutions().next() else {
        return Ok(None);
    };
    let session = bench.session(solution.track)?;
    let request = bench.request(&*session, Patience::Usual);
    let form = |outcome: Outcome| {
        let value = outcome.ok()?;
        Some(canonical(spec, CaseKind::Shown, Ok(&value)))
    };
    let mut used = Vec::new();
    let shown = spec.cases.iter();
    for case in shown.filter(|case| case.kind == CaseKind::Shown) {
        let (names, others): (Vec<String>, Vec<Case>) = grade::changed(spec, case, Other::First)
            .into_iter()
            .map(|(name, given)| {
                let other = Case {
                    given,
                    ..case.clone()
                };
                (name, other)
            })
            .unzip();
        let all: Vec<&Case> = std::iter::once(case).chain(&others).collect();
        let tried = grade::outcomes(&request, &solution.source, &all)?;
        let Tried::Ran { outcomes, .. } = tried else {
            return Ok(None);
        };
        let mut outputs = outcomes.into_iter().map(form);
        let right = outputs.next().flatten();
        let matters = |output: &Option<Vec<u8>>| output.is_some() && *output != right;
        let inputs = names.into_iter().zip(outputs);
        let inputs = inputs.filter(|(_, output)| right.is_some() && matters(output));
        used.push(Used {
            case: case.name.clone(),
            inputs: inputs.map(|(name, _)| name).collect(),
            traces: traces(spec, case, |inputs| {
                let cases: Vec<Case> = inputs
                    .into_iter()
                    .map(|given| Case {
                        given,
                        ..case.clone()
                    })
                    .collect();
                let cases: Vec<&Case> = cases.iter().collect();
                Ok(match grade::outcomes(&request, &solution.source, &cases)? {
                    Tried::Ran { outcomes, .. } => outcomes,
                    Tried::Refused => Vec::new(),
                })
            })?,
        });
    }
    Ok(Some(used))
}
