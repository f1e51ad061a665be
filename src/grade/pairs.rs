//! Two known mistakes at once: recognized by the answer's outputs on the shown cases and on the probes of the lock.

use super::{GradeError, Request, changed};
use crate::array::Value;
use crate::diagnose::{self, CaseEvidence, CaseOutput};
use crate::seal::{Fingerprint, Pairs, Print, canonical};
use crate::spec::{CaseKind, Spec};
use crate::track::Prepared;

/// The pairs of mistakes, by id, that give the answer's output on every shown case and every probe.
pub(super) fn pairs<'l>(
    request: &Request<'_>,
    pairs: &'l Pairs,
    program: &Prepared,
    cases: &[CaseEvidence<'_>],
) -> Result<Vec<(&'l str, &'l str)>, GradeError> {
    let spec = &request.kata.spec;
    // Every shown case counts, so all must have been run.
    let shown = cases.iter().filter(|case| case.shown);
    let known: Option<Vec<Fingerprint>> = shown.map(|case| told(spec, case)).collect();
    let probes: Option<Vec<Vec<Value>>> = pairs
        .probes
        .iter()
        .map(|probe| {
            let case = spec.cases.iter().find(|case| case.name == probe.case)?;
            let mut all = changed(spec, case, probe.other).into_iter();
            Some(all.find(|(input, _)| *input == probe.input)?.1)
        })
        .collect();
    let (Some(mut fingerprints), Some(probes)) = (known, probes) else {
        return Ok(Vec::new());
    };
    let batch: Vec<&[Value]> = probes.iter().map(Vec::as_slice).collect();
    for outcome in request.session.run(program, &batch, request.limits())? {
        if !outcome.ran {
            return Ok(Vec::new());
        }
        let form = canonical::canonical(spec, CaseKind::Shown, outcome.output.as_ref());
        fingerprints.push(Fingerprint::shown(spec, &outcome.output, &form));
    }
    Ok(pairs.with(Print::new(spec, &fingerprints)).collect())
}

/// The fingerprint of a shown case as `author seal` makes it; `None` if the case was not run.
fn told(spec: &Spec, case: &CaseEvidence<'_>) -> Option<Fingerprint> {
    if let CaseOutput::Value(value) = case.outcome {
        let form = canonical::canonical(spec, CaseKind::Shown, Ok(value));
        return Some(Fingerprint::shown(spec, &Ok(value.clone()), &form));
    }
    match case.fingerprint.as_ref()? {
        diagnose::Fingerprint::Right => Some(Fingerprint::Right),
        diagnose::Fingerprint::Failed(word) => Some(Fingerprint::Failed(word.clone())),
        diagnose::Fingerprint::Digest(_) => None,
    }
}
