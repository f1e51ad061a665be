//! What a case gave, as its verdict. Of a hidden or sealed case nothing is kept but whether it is right.

use crate::array::Value;
use crate::compare::{self, Comparison, Rule};
use crate::spec::{Case, CaseKind, Spec};
use crate::track::CaseOutcome;
use crate::verdict::{CaseResult, CaseVerdict, Difference, Failure, Mismatch, NotRun, Outputs};

/// The verdict on an outcome that comes without a value; else the value.
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

/// The verdict on a value where the expected one is known.
pub(super) fn compared(spec: &Spec, case: &Case, expected: &Value, got: &Value) -> CaseVerdict {
    let got = in_shape(expected, got.clone());
    match difference(spec, case, expected, &got) {
        None => CaseVerdict::Passed,
        Some(_) if case.kind != CaseKind::Shown => wrong(),
        Some(how) => CaseVerdict::Different(Mismatch {
            how,
            outputs: Some(Box::new(Outputs {
                expected: expected.clone(),
                got,
            })),
        }),
    }
}

/// The verdict on a sealed case: passed or not, in one word for everything that is not right.
///
/// An answer could choose how it fails by the inputs, and tell them so.
pub(super) fn sealed(spec: &Spec, case: &Case, outcome: CaseOutcome) -> CaseVerdict {
    match (&case.expect, outcome.output) {
        (Some(expected), Ok(got)) if outcome.ran => compared(spec, case, expected, &got),
        _ => wrong(),
    }
}

/// The verdict on a wrong output that is not to be shown.
pub(super) fn wrong() -> CaseVerdict {
    CaseVerdict::Different(Mismatch {
        how: Difference::Unsaid,
        outputs: None,
    })
}

/// A failure on a hidden case, without the text and the place that the answer itself chose to show.
fn unsaid(failure: Failure) -> Failure {
    match failure {
        Failure::Panicked { .. } => Failure::Panicked {
            message: String::new(),
            place: None,
        },
        Failure::Exited { .. } => Failure::DidNotFinish,
        other => other,
    }
}

/// How the output differs by the kata's rule; `None` when it is right. Hidden cases are compared by bits whatever the rule.
fn difference(spec: &Spec, case: &Case, expected: &Value, got: &Value) -> Option<Difference> {
    let rule = match case.kind {
        CaseKind::Hidden => &Rule::Bits,
        CaseKind::Shown | CaseKind::Sealed => &spec.rule,
    };
    match compare::compare_values(expected, got, rule, spec.zeros) {
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

/// The output in the shape that the kata gives it: an answer returns its values flat.
fn in_shape(expected: &Value, got: Value) -> Value {
    match (expected, got) {
        (Value::Array(expected), Value::Array(got)) if expected.len() == got.len() => {
            let flat = got.clone();
            Value::Array(got.reshaped(expected.shape().to_vec()).unwrap_or(flat))
        }
        (_, got) => got,
    }
}
