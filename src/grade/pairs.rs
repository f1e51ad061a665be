//! Two known mistakes at once: recognized by the answer's outputs on the shown cases and on the probes of the lock.

use super::row::Row;
use super::{GradeError, Request, changed};
use crate::array::Value;
use crate::seal::{Fingerprint, Pairs, canonical};
use crate::spec::{CaseKind, Spec};
use crate::track::Prepared;
use crate::verdict::CaseVerdict;

/// The pairs of pitfalls, by id, that give the answer's output on every shown case and every probe.
pub(super) fn pairs<'l>(
    request: &Request<'_>,
    pairs: &'l Pairs,
    program: &Prepared,
    rows: &[Row<'_>],
) -> Result<Vec<(&'l str, &'l str)>, GradeError> {
    let spec = &request.kata.spec;
    let shown = spec
        .cases
        .iter()
        .filter(|case| case.kind == CaseKind::Shown);
    // Every shown case counts, so all must have been run.
    let of_case = |name: &str| {
        let row = rows.iter().find(|row| row.case.name == name)?;
        fingerprint(spec, row)
    };
    let known: Option<Vec<Fingerprint>> = shown.map(|case| of_case(&case.name)).collect();
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
        fingerprints.push(Fingerprint::quick(&outcome.output, &form));
    }
    Ok(pairs.with(&fingerprints).collect())
}

/// The fingerprint of the answer's outcome on a shown case; `None` if the case was not run.
fn fingerprint(spec: &Spec, row: &Row<'_>) -> Option<Fingerprint> {
    match &row.result.verdict {
        CaseVerdict::Passed => Some(Fingerprint::Right),
        CaseVerdict::Failed(failure) => Some(Fingerprint::Failed(canonical::word(failure))),
        CaseVerdict::Different(different) => {
            let got = &different.outputs.as_ref()?.got;
            let form = canonical::canonical(spec, CaseKind::Shown, Ok(got));
            Some(Fingerprint::quick(&Ok(got.clone()), &form))
        }
        CaseVerdict::NotRun(_) => None,
    }
}
