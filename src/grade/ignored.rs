//! Inputs that a wrong answer ignores, found by calling it again with other values.

use std::collections::BTreeSet;

use super::again::Again;
use super::row::Row;
use super::{GradeError, Request, changed};
use crate::array::Value;
use crate::seal::{Lock, Other, canonical};
use crate::spec::{CaseKind, Spec};
use crate::verdict::CaseVerdict;

/// The inputs on which the correct output depends but the answer's does not: the program is run again with one input
/// changed at a time.
///
/// The lock lists for each shown case the inputs on which the solution's output depends. Every wrong case is checked,
/// because an input may have no effect on a single case by chance; then every shown case, with two other values, because
/// an answer may use an input where it should not, or after clipping it. An answer that ignores all inputs is a
/// constant, for which other causes have a better text.
pub(super) fn ignored_inputs(
    request: &Request<'_>,
    lock: Option<&Lock>,
    again: &Again<'_>,
    rows: &[Row<'_>],
) -> Result<Vec<String>, GradeError> {
    let spec = &request.kata.spec;
    let mut asked = Vec::new();
    for row in rows {
        let CaseVerdict::Different(different) = &row.result.verdict else {
            continue;
        };
        let used = lock.and_then(|lock| lock.used(&row.case.name));
        let (Some(outputs), Some(used)) = (different.outputs.as_deref(), used) else {
            continue;
        };
        if outputs.got.is_finite() {
            asked.extend(asks(spec, row, Other::First, used));
        }
    }
    let names: BTreeSet<String> = asked.iter().map(|asked| asked.name.clone()).collect();
    let ignored = without_effect(request, again, &asked)?;
    if ignored.is_empty() || ignored.len() == names.len() {
        return Ok(Vec::new());
    }
    let mut asked = Vec::new();
    let shown = rows
        .iter()
        .filter(|row| row.case.kind == CaseKind::Shown && !row.result.is_waiting());
    for row in shown {
        for other in [Other::First, Other::Second] {
            asked.extend(asks(spec, row, other, &ignored));
        }
    }
    let ignored = without_effect(request, again, &asked)?;
    // A wrong case to which none of them matters has a different cause.
    let is_explained = |row: &Row<'_>| {
        let used = lock.and_then(|lock| lock.used(&row.case.name));
        used.is_some_and(|used| ignored.iter().any(|name| used.contains(name)))
    };
    let mut wrong = rows.iter().filter(|row| {
        row.case.kind == CaseKind::Shown && matches!(row.result.verdict, CaseVerdict::Different(_))
    });
    Ok(match wrong.all(is_explained) {
        true => ignored,
        false => Vec::new(),
    })
}

/// An input, the inputs of a case, and the same inputs with this one changed.
struct Ask<'a> {
    name: String,
    before: &'a [Value],
    given: Vec<Value>,
}

/// The case of a row with each of these inputs changed, where it can be.
fn asks<'a>(spec: &Spec, row: &Row<'a>, other: Other, names: &[String]) -> Vec<Ask<'a>> {
    let all = changed(spec, row.case, other).into_iter();
    all.filter(|(name, _)| names.contains(name))
        .map(|(name, given)| Ask {
            name,
            before: &row.case.given,
            given,
        })
        .collect()
}

/// The inputs of these questions for which the program always gives the same output as before, in the order of the
/// questions.
fn without_effect(
    request: &Request<'_>,
    again: &Again<'_>,
    asked: &[Ask<'_>],
) -> Result<Vec<String>, GradeError> {
    let spec = &request.kata.spec;
    let pairs = asked
        .iter()
        .flat_map(|asked| [asked.before, asked.given.as_slice()]);
    let batch: Vec<&[Value]> = pairs.collect();
    let Some(outcomes) = again.run(&batch)? else {
        return Ok(Vec::new());
    };
    let mut effects: Vec<(&str, bool)> = Vec::new();
    for (asked, outcomes) in asked.iter().zip(outcomes.chunks(2)) {
        let mut forms = outcomes.iter().map(|outcome| {
            let output = outcome.output.as_ref().ok()?;
            Some(canonical::canonical(spec, CaseKind::Shown, Ok(output)))
        });
        // Without an output, nothing is known: an effect cannot be excluded.
        let (before, after) = (forms.next().flatten(), forms.next().flatten());
        let same = before.is_some() && before == after;
        match effects.iter_mut().find(|(known, _)| *known == asked.name) {
            Some((_, still)) => *still &= same,
            None => effects.push((&asked.name, same)),
        }
    }
    let none = effects.into_iter().filter(|(_, same)| *same);
    Ok(none.map(|(name, _)| name.to_owned()).collect())
}
