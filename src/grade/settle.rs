//! Turns the outcome of a case into its verdict. For a hidden or sealed case, only whether it is right is kept.

use crate::array::Value;
use crate::compare::{self, Comparison, Rule, Rules};
use crate::seal::canonical;
use crate::spec::{Case, CaseKind, Spec};
use crate::track::CaseOutcome;
use crate::verdict::{
    CaseResult, CaseVerdict, Difference, Failure, Mismatch, NamedRun, NotRun, Outputs,
};

/// The value of an outcome, or its verdict if it has none.
pub(super) fn value(result: &mut CaseResult, outcome: CaseOutcome) -> Option<Value> {
    if result.is_shown() {
        result.printed = outcome.printed;
    }
    match outcome.output {
        _ if !outcome.ran => result.verdict = CaseVerdict::NotRun(NotRun::OutOfTimeBefore),
        Err(failure) if result.is_shown() => result.verdict = CaseVerdict::Failed(failure),
        Err(failure) => result.verdict = CaseVerdict::Failed(unsaid(failure)),
        Ok(value) => return Some(value),
    }
    None
}

/// The verdict on a value if the expected one is known.
pub(super) fn compared(spec: &Spec, case: &Case, expected: &Value, got: &Value) -> CaseVerdict {
    match known(spec, case, expected, got.clone()) {
        None => CaseVerdict::Passed,
        Some(_) if case.kind != CaseKind::Shown => wrong(),
        Some(different) => CaseVerdict::Different(different),
    }
}

/// How a value differs from the expected one, regardless of who may see it; `None` if it is right.
pub(super) fn known(spec: &Spec, case: &Case, expected: &Value, got: Value) -> Option<Mismatch> {
    let got = in_shape(expected, got);
    Some(Mismatch {
        how: difference(spec, case, expected, &got)?,
        outputs: Some(Box::new(Outputs {
            expected: expected.clone(),
            got,
        })),
        parts: parts(spec, case, expected),
    })
}

/// The verdict on a sealed case: passed, or the same verdict for every failure.
///
/// Otherwise an answer could reveal the inputs by the way it fails.
pub(super) fn sealed(spec: &Spec, case: &Case, outcome: CaseOutcome) -> CaseVerdict {
    match (&case.expect, outcome.output) {
        (Some(expected), Ok(got)) if outcome.ran => compared(spec, case, expected, &got),
        _ => wrong(),
    }
}

/// The parts of a case's output, by name.
fn parts(spec: &Spec, case: &Case, expected: &Value) -> Vec<NamedRun> {
    let count = match expected {
        Value::Array(array) => array.len(),
        _ => return Vec::new(),
    };
    let runs = spec.rules(&case.dims).runs(count);
    let named = spec.parts.iter().zip(runs);
    named
        .map(|(part, (run, _))| NamedRun {
            name: part.name.clone(),
            run,
        })
        .collect()
}

/// The verdict on a wrong output that must not be shown.
pub(super) fn wrong() -> CaseVerdict {
    CaseVerdict::Different(Mismatch {
        how: Difference::Undisclosed,
        outputs: None,
        parts: Vec::new(),
    })
}

/// A failure on a hidden case, without the message and location, which the answer controls.
fn unsaid(failure: Failure) -> Failure {
    match failure {
        Failure::Panicked { .. } => Failure::Panicked {
            message: String::new(),
            place: None,
        },
        Failure::Raised { .. } => Failure::Raised {
            message: String::new(),
            place: None,
        },
        Failure::Unusable { .. } => Failure::Unusable {
            says: String::new(),
        },
        Failure::Exited { .. } => Failure::DidNotFinish,
        other => other,
    }
}

/// How the output differs by the kata's rule; `None` when it is right.
///
/// A hidden output is right if it is in the cells of the expected one, as when only digests are known.
fn difference(spec: &Spec, case: &Case, expected: &Value, got: &Value) -> Option<Difference> {
    let mut rules = spec.rules(&case.dims);
    if case.kind == CaseKind::Hidden {
        let form = |value| canonical::beside(spec, case, expected, Ok(value));
        if form(expected) == form(got) {
            return None;
        }
        // Cells are stricter than the rule, so the rule may find no difference.
        if compare::compare_values(expected, got, &rules, spec.zeros) == Comparison::Equal {
            rules = Rules::of_parts(&[], Rule::Bits);
        }
    }
    match compare::compare_values(expected, got, &rules, spec.zeros) {
        Comparison::Equal if case.kind == CaseKind::Hidden => Some(Difference::Undisclosed),
        Comparison::Equal => None,
        Comparison::Count { expected, got } => Some(Difference::Count { expected, got }),
        Comparison::Kind { .. } | Comparison::Dtype { .. } | Comparison::Shape { .. } => {
            Some(Difference::Kind)
        }
        Comparison::Values(differences) => Some(Difference::Values(Box::new(differences))),
        Comparison::Bytes(difference) => Some(Difference::Bytes(difference)),
        Comparison::Text(difference) => Some(Difference::Text(difference)),
    }
}

/// The output in the shape from the spec: an answer returns flat values.
fn in_shape(expected: &Value, got: Value) -> Value {
    match (expected, got) {
        (Value::Array(expected), Value::Array(got)) if expected.len() == got.len() => {
            let flat = got.clone();
            Value::Array(got.reshaped(expected.shape().to_vec()).unwrap_or(flat))
        }
        (_, got) => got,
    }
}
