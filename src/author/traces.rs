//! Finds the views of a shown case in which the solution's output is made of single elements of its inputs.

use super::AuthorError;
use crate::array::{Array, Value};
use crate::diagnose::{Rows, Source, View, gives};
use crate::seal::Trace;
use crate::seal::canonical::Outcome;
use crate::spec::{Case, Spec};

/// The maximum length of a one-hot array, since each of its elements is a run.
const LONGEST: usize = 32;

/// The maximum number of sources that are recorded for a case, to keep the lock small.
const MOST: usize = 1024;

/// The views of a case with their sources; empty unless together they give the case's output. `run` runs the solution.
///
/// # Errors
/// Those of `run`.
pub(super) fn traces(
    spec: &Spec,
    case: &Case,
    run: impl Fn(Vec<Vec<Value>>) -> Result<Vec<Outcome>, AuthorError>,
) -> Result<Vec<Trace>, AuthorError> {
    let Some(Value::Array(expected)) = &case.expect else {
        return Ok(Vec::new());
    };
    if !expected.dtype().is_float() {
        return Ok(Vec::new());
    }
    let output: Vec<f64> = expected
        .iter()
        .map(|bits| expected.dtype().to_f64(bits))
        .collect();
    for views in [vec![whole()], single(spec, case)] {
        let views: Vec<(View, Vec<Vec<Value>>)> = views
            .into_iter()
            .filter_map(|view| {
                let inputs = view.inputs(spec, &case.given)?;
                Some((view, inputs))
            })
            .collect();
        let batch = views.iter().flat_map(|(_, inputs)| inputs.clone());
        let mut outcomes = run(batch.collect())?.into_iter();
        let mut found: Vec<(View, Rows)> = views
            .into_iter()
            .filter_map(|(view, inputs)| {
                let outputs: Vec<Outcome> = outcomes.by_ref().take(inputs.len()).collect();
                let rows = outputs.iter().map(|outcome| {
                    let output = outcome.as_ref().ok()?;
                    view.sources(spec, &case.given, output)
                });
                let rows = rows.collect::<Option<Rows>>()?;
                is_telling(&rows).then_some((view, rows))
            })
            .collect();
        // What an array adds by itself is not multiplied by anything.
        let added: Vec<View> = found
            .iter()
            .map(|(view, _)| view.clone())
            .filter(|view| view.one_hot.is_none())
            .collect();
        found.retain(|(view, _)| {
            view.one_hot.is_none() || added.iter().all(|added| added.tagged != view.tagged)
        });
        let count: usize = found.iter().flat_map(|(_, rows)| rows).map(Vec::len).sum();
        let all = found.iter().map(|(view, rows)| (view, rows));
        if count <= MOST && gives(spec, &case.given, all, &output) {
            return Ok(found
                .into_iter()
                .map(|(view, rows)| Trace::new(view, &rows))
                .collect());
        }
    }
    Ok(Vec::new())
}

/// All arrays tagged: for a function that only moves elements.
fn whole() -> View {
    View {
        tagged: None,
        one_hot: None,
    }
}

/// One array tagged, for what is added; and with another, shorter one one-hot, for what is multiplied.
fn single(spec: &Spec, case: &Case) -> Vec<View> {
    let params = spec.params.iter().zip(&case.given);
    let arrays: Vec<(&str, &Array)> = params
        .filter_map(|(param, value)| match value {
            Value::Array(array) if array.dtype().is_float() && !array.is_empty() => {
                Some((param.name.as_str(), array))
            }
            _ => None,
        })
        .collect();
    let mut views = Vec::new();
    for (place, (tagged, array)) in arrays.iter().enumerate() {
        let view = |one_hot: Option<&str>| View {
            tagged: Some((*tagged).to_owned()),
            one_hot: one_hot.map(str::to_owned),
        };
        views.push(view(None));
        for (other, (name, one_hot)) in arrays.iter().enumerate() {
            // Each pair of arrays once.
            let is_first = (one_hot.len(), other) < (array.len(), place);
            if is_first && one_hot.len() <= LONGEST {
                views.push(view(Some(name)));
            }
        }
    }
    views
}

/// Whether the source of every element is known, and some come from an input.
fn is_telling(rows: &Rows) -> bool {
    let is_exact = |source: &Source| !matches!(source, Source::Unknown | Source::Doubled(_));
    let mut sources = rows.iter().flatten();
    sources.clone().all(is_exact) && sources.any(|source| *source != Source::Nothing)
}
