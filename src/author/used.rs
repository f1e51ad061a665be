//! Which inputs matter: in each shown case those that the solution's output changes with, when each is changed alone.

use super::{AuthorError, Bench};
use crate::array::Value;
use crate::grade::{self, Tried};
use crate::seal::Used;
use crate::seal::canonical::canonical;
use crate::spec::{Case, CaseKind};

/// Asks the first solution; `None` where there is none or it does not compile.
///
/// All solutions give the same bits, so one speaks for all. An input whose change leaves no output is not counted: that a
/// solution refuses it says nothing about an answer that does not.
///
/// # Errors
/// When the tools are missing or broken.
pub fn used(bench: &Bench<'_>) -> Result<Option<Vec<Used>>, AuthorError> {
    let (tree, spec) = (bench.tree, &bench.tree.kata.spec);
    let Some(solution) = tree.solutions.first() else {
        return Ok(None);
    };
    let shown: Vec<&Case> = spec
        .cases
        .iter()
        .filter(|case| case.kind == CaseKind::Shown)
        .collect();
    let mut all = Vec::new();
    let mut asked = Vec::new();
    for (place, case) in shown.iter().enumerate() {
        all.push((*case).clone());
        asked.push((place, None));
        for (name, given) in grade::changed(spec, case) {
            all.push(Case {
                given,
                ..(*case).clone()
            });
            asked.push((place, Some(name)));
        }
    }
    let all: Vec<&Case> = all.iter().collect();
    let request = bench.request(solution.track);
    let Tried::Ran { outcomes, .. } =
        grade::outcomes(&request, &solution.source, &all, &mut |_| {})?
    else {
        return Ok(None);
    };
    let form = |value: &Value| canonical(spec, CaseKind::Shown, Ok(value));
    let mut used: Vec<Used> = Vec::new();
    let mut right = None;
    for ((place, changed), outcome) in asked.into_iter().zip(outcomes) {
        let output = outcome.ok().map(|value| form(&value));
        let Some(name) = changed else {
            right = output;
            used.push(Used {
                case: shown[place].name.clone(),
                inputs: Vec::new(),
            });
            continue;
        };
        if let (Some(used), Some(right), Some(output)) = (used.last_mut(), &right, &output)
            && right != output
        {
            used.inputs.push(name);
        }
    }
    Ok(Some(used))
}
