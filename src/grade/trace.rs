//! Where the elements of a wrong answer's outputs come from: it is run on the views that the lock has recorded.
//!
//! The sources must also give its output when all arrays are tagged: with mostly zeros, as in the views and in some cases, a
//! function that only seems to multiply two inputs has the same outputs.

use std::collections::{BTreeMap, BTreeSet};

use super::again::Again;
use super::row::Row;
use super::{GradeError, Request};
use crate::array::Value;
use crate::diagnose::{Rows, Traced, View, gives};
use crate::seal::Lock;

/// The maximum number of runs for one answer: a run of a Python program takes a millisecond or more.
const MOST: usize = 96;

/// Traces the wrong shown cases that the lock has views of.
pub(super) fn traced(
    request: &Request<'_>,
    lock: Option<&Lock>,
    again: &Again<'_>,
    rows: &[Row<'_>],
) -> Result<Vec<Traced>, GradeError> {
    let spec = &request.kata.spec;
    // A case, one of its views with the right sources, and the place of the view's inputs in the batch.
    let mut asked: Vec<(usize, View, Rows, usize)> = Vec::new();
    let mut batch: Vec<Vec<Value>> = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        if row.result.good() || row.result.is_waiting() {
            continue;
        }
        let traces = lock.map_or(&[][..], |lock| lock.traces(&row.case.name));
        for (view, right) in traces.iter().filter_map(|trace| trace.read()) {
            let Some(inputs) = view.inputs(spec, &row.case.given) else {
                continue;
            };
            if inputs.len() == right.len() && batch.len() + inputs.len() <= MOST {
                asked.push((place, view, right, batch.len()));
                batch.extend(inputs);
            }
        }
    }
    let whole = View {
        tagged: None,
        one_hot: None,
    };
    let cases: BTreeSet<usize> = asked.iter().map(|(case, ..)| *case).collect();
    let mut checks: BTreeMap<usize, (usize, Vec<Value>)> = BTreeMap::new();
    for case in cases {
        let tagged = whole.inputs(spec, &rows[case].case.given);
        if let Some(given) = tagged.and_then(|mut lists| lists.pop()) {
            checks.insert(case, (batch.len(), given.clone()));
            batch.push(given);
        }
    }
    let inputs: Vec<&[Value]> = batch.iter().map(Vec::as_slice).collect();
    let Some(outcomes) = again.run(&inputs)? else {
        return Ok(Vec::new());
    };
    let output = |place: usize| outcomes.get(place)?.output.as_ref().ok();
    let mut traced: Vec<Traced> = Vec::new();
    for (case, view, right, start) in asked {
        let given = &rows[case].case.given;
        let places = start..start + right.len();
        let sources = places.map(|place| view.sources(spec, given, output(place)?));
        let Some(yours) = sources.collect::<Option<Rows>>() else {
            return Ok(Vec::new());
        };
        let lengths = |rows: &Rows| rows.iter().map(Vec::len).collect::<Vec<usize>>();
        if lengths(&right) != lengths(&yours) {
            return Ok(Vec::new());
        }
        let view = (view, right, yours);
        match traced.last_mut().filter(|last| last.case == case) {
            Some(last) => last.views.push(view),
            None => traced.push(Traced {
                case,
                views: vec![view],
            }),
        }
    }
    traced.retain(|traced| {
        let holds = || {
            let (place, given) = checks.get(&traced.case)?;
            let Value::Array(output) = output(*place)? else {
                return None;
            };
            let output: Vec<f64> = output
                .iter()
                .map(|bits| output.dtype().to_f64(bits))
                .collect();
            let views = traced.views.iter().map(|(view, _, yours)| (view, yours));
            Some(gives(spec, given, views, &output))
        };
        holds().unwrap_or(false)
    });
    Ok(traced)
}
