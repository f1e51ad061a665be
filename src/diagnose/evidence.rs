//! The input of the diagnosis, from `grade`: the spec, the result of each case, and the known mistakes with their
//! fingerprints.
//!
//! Plain data. Only the fingerprint of a hidden case is used, so no explanation can contain its numbers.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::{Subject, Traced};
use crate::array::Value;
use crate::spec::Spec;

/// Everything that is known about a wrong answer.
#[derive(Clone, Debug)]
pub struct Evidence<'a> {
    /// The kata's spec.
    pub spec: &'a Spec,
    /// The result of each case, in the order of the spec; sealed ones may follow.
    pub cases: Vec<CaseEvidence<'a>>,
    /// The mistakes in the kata's lock, with pitfalls in the order of the spec.
    pub known: Vec<Known<'a>>,
    /// Inputs on which the correct output depends and the answer's output does not.
    pub ignored_inputs: Vec<String>,
    /// Where the elements of the right and of the answer's outputs come from, in cases where this is known.
    pub traced: Vec<Traced>,
    /// The known mistakes and causes that the answer's outputs on other inputs refute: a known mistake only looks
    /// like it then, and a cause is dropped.
    pub refuted: Vec<Subject>,
}

impl Evidence<'_> {
    /// The cases with a wrong output, by index: a case without an output contradicts nothing. Causes see shown cases only.
    pub(super) fn outputs(&self, only_shown: bool) -> impl Iterator<Item = usize> {
        let cases = self.cases.iter().enumerate();
        let wrong = cases.filter(move |(_, case)| match only_shown {
            true => case.shown && matches!(case.outcome, CaseOutput::Value(_)),
            false => matches!(case.fingerprint, Some(Fingerprint::Digest(_))),
        });
        wrong.map(|(place, _)| place)
    }

    /// Whether the wrong values of the shown cases say enough to recognize a computation: two different numbers other than
    /// 0 and 1, a different number of values, or a text.
    #[must_use]
    pub(super) fn is_informative(&self) -> bool {
        let mut numbers = BTreeSet::new();
        for case in self.cases.iter().filter(|case| case.shown) {
            match (case.outcome, case.expected) {
                (CaseOutput::Value(Value::Array(got)), Some(Value::Array(expected))) => {
                    if got.len() != expected.len() {
                        return true;
                    }
                    let dtype = got.dtype();
                    let wrong = got.iter().zip(expected.iter());
                    let wrong = wrong.filter(|(got, expected)| got != expected);
                    let is_telling = |bits: &u64| {
                        let number = dtype.to_f64(*bits);
                        number != 0.0 && number != 1.0
                    };
                    numbers.extend(wrong.map(|(got, _)| got).filter(is_telling));
                }
                (CaseOutput::Value(_), _) => return true,
                _ => {}
            }
        }
        numbers.len() > 1
    }
}

/// The result of one case.
#[derive(Clone, Debug)]
pub struct CaseEvidence<'a> {
    /// Who may see its contents.
    pub shown: bool,
    /// The value of each dimension name.
    pub dims: &'a [(String, usize)],
    /// One value for each parameter.
    pub given: &'a [Value],
    /// The expected output; `None` if only its digest is known.
    pub expected: Option<&'a Value>,
    /// What the answer gave.
    pub outcome: CaseOutput<'a>,
    /// The fingerprint of the answer's outcome; `None` if the case was not run.
    pub fingerprint: Option<Fingerprint>,
}

/// The outcome of an answer on a case.
#[derive(Clone, Copy, Debug)]
pub enum CaseOutput<'a> {
    /// The expected output.
    Right,
    /// A wrong output: other numbers, or more or fewer of them.
    Value(&'a Value),
    /// No output: a panic, an abort, a time limit.
    Failed,
    /// The case was not run.
    NotRun,
}

/// The fingerprint of an outcome, as in the lock.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Fingerprint {
    /// The output is right.
    Right,
    /// There is no output, for this reason: `panicked`, `aborted`.
    Failed(String),
    /// The digest of the output.
    Digest([u8; 8]),
}

/// A known mistake whose outputs were recorded.
#[derive(Clone, Debug)]
pub struct Known<'a> {
    /// The pitfall's id, or the variant's.
    pub id: Cow<'a, str>,
    /// Whether an author described it or it was generated.
    pub kind: KnownKind,
    /// What to tell a learner who makes it.
    pub text: Cow<'a, str>,
    /// The number of the hint for this mistake.
    pub hint: Option<usize>,
    /// Its fingerprint on each case, in order; `None` if unknown.
    pub fingerprints: Vec<Option<Fingerprint>>,
}

/// The origin of a known mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KnownKind {
    /// The author of the kata described it.
    Pitfall,
    /// It is a generated variant of the solution that `variants` describes.
    Variant,
    /// It is the solution with a changed input, which `inputs` describes.
    Input,
    /// It is two pitfalls at once.
    Pair,
}
