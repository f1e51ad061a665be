//! Where the elements of a wrong answer's outputs come from: it is run on the views that the lock has recorded.

use super::row::Row;
use super::{GradeError, Request};
use crate::array::Value;
use crate::diagnose::{Rows, Traced, View};
use crate::seal::Lock;
use crate::track::Prepared;

/// The maximum number of runs for one answer: a run of a Python program takes a millisecond or more.
const MOST: usize = 96;

/// Traces the wrong shown cases that the lock has views of.
pub(super) fn traced(
    request: &Request<'_>,
    lock: Option<&Lock>,
    program: &Prepared,
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
            if batch.len() + inputs.len() <= MOST {
                asked.push((place, view, right, batch.len()));
                batch.extend(inputs);
            }
        }
    }
    if batch.is_empty() {
        return Ok(Vec::new());
    }
    let inputs: Vec<&[Value]> = batch.iter().map(Vec::as_slice).collect();
    let outcomes = request.session.run(program, &inputs, request.limits())?;
    let mut traced: Vec<Traced> = Vec::new();
    for (case, view, right, start) in asked {
        let given = &rows[case].case.given;
        let ran = outcomes.iter().skip(start).take(right.len());
        let sources = ran.map(|outcome| {
            let output = outcome.output.as_ref().ok().filter(|_| outcome.ran)?;
            view.sources(spec, given, output)
        });
        let Some(yours) = sources.collect::<Option<Rows>>() else {
            return Ok(Vec::new());
        };
        let view = (view, right, yours);
        match traced.last_mut().filter(|last| last.case == case) {
            Some(last) => last.views.push(view),
            None => traced.push(Traced {
                case,
                views: vec![view],
            }),
        }
    }
    Ok(traced)
}
