//! The answer's outcomes on the probes of the lock: they confirm or refute what its outputs on the cases look like, and
//! recognize two known mistakes at once.

use super::again::Again;
use super::{GradeError, Request, changed, settle};
use crate::array::Value;
use crate::diagnose::{self, CaseEvidence, CaseOutput, Evidence, Explanation, Subject, diagnose};
use crate::seal::canonical::Outcome;
use crate::seal::{Observed, Pairs, Print, Probe};
use crate::spec::{Case, Spec};

/// The probes with what the answer gives.
pub(super) struct Probed<'a> {
    spec: &'a Spec,
    pairs: &'a Pairs,
    /// The case of each probe, with the probe's inputs and the right output, if it is known.
    cases: Vec<Case>,
    outcomes: Vec<Outcome>,
}

/// Runs the answer on the probes; `None` if it cannot be run on all of them.
pub(super) fn probed<'a>(
    request: &Request<'a>,
    pairs: &'a Pairs,
    again: &Again<'_>,
) -> Result<Option<Probed<'a>>, GradeError> {
    let spec = &request.kata.spec;
    let case = |probe: &Probe| {
        let case = spec.cases.iter().find(|case| case.name == probe.case)?;
        let mut all = changed(spec, case, probe.other).into_iter();
        Some(Case {
            given: all.find(|(input, _)| *input == probe.input)?.1,
            expect: probe.expected(case.expect.as_ref()?),
            ..case.clone()
        })
    };
    let cases: Option<Vec<Case>> = pairs.probes.iter().map(case).collect();
    let Some(cases) = cases.filter(|cases| !cases.is_empty()) else {
        return Ok(None);
    };
    let batch: Vec<&[Value]> = cases.iter().map(|case| case.given.as_slice()).collect();
    let Some(outcomes) = again.run(&batch)? else {
        return Ok(None);
    };
    Ok(Some(Probed {
        spec,
        pairs,
        cases,
        outcomes: outcomes.into_iter().map(|outcome| outcome.output).collect(),
    }))
}

impl Probed<'_> {
    /// Whether the outcomes on the probes agree with an explanation that is certain by the cases.
    ///
    /// A known mistake must have had the same outcomes; a general cause must explain the probes too, as further cases.
    /// What cannot be compared is not refuted, and neither is what was found by running the answer anyway.
    pub(super) fn agrees(&self, evidence: &Evidence<'_>, explanation: &Explanation) -> bool {
        match &explanation.subject {
            Subject::Pitfall(id) | Subject::Variant(id) => {
                let print = Print::new(self.spec, &self.observed());
                self.pairs
                    .alone(id)
                    .is_none_or(|alone| alone.is_like(print))
            }
            Subject::Pair(_) => true,
            Subject::Cause(id) => {
                diagnose::is_asked(id) || self.has(evidence, &explanation.subject)
            }
        }
    }

    /// Whether an explanation covers all wrong cases with the probes as further cases.
    fn has(&self, evidence: &Evidence<'_>, subject: &Subject) -> bool {
        let Some(probes) = self.evidence() else {
            return true;
        };
        let mut evidence = Evidence {
            known: Vec::new(),
            ignored_inputs: Vec::new(),
            traced: Vec::new(),
            ..evidence.clone()
        };
        evidence.cases.extend(probes);
        let told = diagnose(&evidence);
        // Numbers that are equal by chance can make it less than certain.
        told.iter()
            .any(|told| told.subject == *subject && told.explains.len() == told.wrong)
    }

    /// The pairs of mistakes, by id, that give the answer's output on every shown case and every probe.
    pub(super) fn pairs(&self, cases: &[CaseEvidence<'_>]) -> Vec<(&str, &str)> {
        // Every shown case counts, so all must have been run.
        let shown = cases.iter().filter(|case| case.shown);
        let shown = shown.map(|case| told(self.spec, case));
        let Some(mut observed) = shown.collect::<Option<Vec<Observed>>>() else {
            return Vec::new();
        };
        observed.extend(self.observed());
        let print = Print::new(self.spec, &observed);
        self.pairs.with(print).collect()
    }

    fn observed(&self) -> Vec<Observed> {
        let outcomes = self.outcomes.iter();
        outcomes
            .map(|outcome| Observed::on_probe(self.spec, outcome))
            .collect()
    }

    /// The probes as shown cases; `None` if a right output is not known.
    fn evidence(&self) -> Option<Vec<CaseEvidence<'_>>> {
        let probes = self.cases.iter().zip(&self.outcomes);
        let probes = probes.map(|(case, outcome)| {
            let expected = case.expect.as_ref()?;
            let outcome = match outcome {
                Err(_) => CaseOutput::Failed,
                Ok(got) => match settle::known(self.spec, case, expected, got.clone()) {
                    None => CaseOutput::Right,
                    Some(_) => CaseOutput::Value(got),
                },
            };
            Some(CaseEvidence {
                shown: true,
                dims: &case.dims,
                given: &case.given,
                expected: Some(expected),
                outcome,
                fingerprint: None,
            })
        });
        probes.collect()
    }
}

/// What the answer did on a shown case; `None` if the case was not run.
fn told(spec: &Spec, case: &CaseEvidence<'_>) -> Option<Observed> {
    if let CaseOutput::Value(value) = case.outcome {
        return Some(Observed::on_case(spec, &Ok(value.clone())));
    }
    match case.fingerprint.as_ref()? {
        diagnose::Fingerprint::Right => Some(Observed::Right),
        diagnose::Fingerprint::Failed(word) => Some(Observed::Failed(word.clone())),
        diagnose::Fingerprint::Digest(_) => None,
    }
}
