//! What causes see of the shown cases: the expected outputs and the answer's outputs, and how a mistake is proved on
//! them.

use super::pair::{Pair, Trial};
use super::{CaseOutput, Certainty, Evidence, Explanation, Picture, Subject, Traced};
use crate::array::{Array, Value};
use crate::spec::Spec;

/// The data that causes may use.
pub struct Shown<'a> {
    pub(super) spec: &'a Spec,
    /// The cases with a nonempty output of the right length and dtype, including those that pass.
    pub(super) pairs: Vec<Pair<'a>>,
    /// The cases with an output of a different length: index, dimensions, expected, got.
    pub(super) counts: Vec<Count<'a>>,
    /// The cases with text or bytes: index, expected, got.
    pub(super) texts: Vec<(usize, &'a Value, &'a Value)>,
    /// The number of wrong shown cases, including those without an output.
    pub(super) wrong: usize,
    /// Inputs without effect on the output.
    pub(super) ignored: &'a [String],
    /// Where the elements of outputs come from.
    pub(super) traced: &'a [Traced],
    /// The wrong cases, by index.
    wrong_cases: Vec<usize>,
}

/// A case whose output has a different length than the expected one.
pub(super) struct Count<'a> {
    pub(super) case: usize,
    pub(super) dims: &'a [(String, usize)],
    pub(super) expected: &'a Array,
    pub(super) got: &'a Array,
}

/// The result of trying a mistake on all cases.
#[derive(Clone, Debug)]
pub(super) struct Proof {
    pub(super) certainty: Certainty,
    /// The cases it explains, by index in the evidence.
    pub(super) explains: Vec<usize>,
}

impl<'a> Shown<'a> {
    pub(super) fn new(evidence: &'a Evidence<'a>) -> Self {
        let mut shown = Self {
            spec: evidence.spec,
            pairs: Vec::new(),
            counts: Vec::new(),
            texts: Vec::new(),
            wrong: 0,
            ignored: &evidence.ignored_inputs,
            traced: &evidence.traced,
            wrong_cases: Vec::new(),
        };
        for (place, case) in evidence.cases.iter().enumerate() {
            let Some(expected) = case.expected.filter(|_| case.shown) else {
                continue;
            };
            if matches!(case.outcome, CaseOutput::Value(_) | CaseOutput::Failed) {
                shown.wrong += 1;
                shown.wrong_cases.push(place);
            }
            let got = match case.outcome {
                CaseOutput::Right => expected,
                CaseOutput::Value(got) => got,
                CaseOutput::Failed | CaseOutput::NotRun => continue,
            };
            match (expected, got) {
                (Value::Array(expected), Value::Array(got)) if expected.len() != got.len() => {
                    shown.counts.push(Count {
                        case: place,
                        dims: case.dims,
                        expected,
                        got,
                    });
                }
                (Value::Str(_), Value::Str(_)) | (Value::Bytes(_), Value::Bytes(_)) => {
                    shown.texts.push((place, expected, got));
                }
                _ => shown
                    .pairs
                    .extend(Pair::new(evidence, place, expected, got)),
            }
        }
        shown
    }

    /// Iterates over the wrong cases that can be compared element by element.
    pub(super) fn wrong_pairs(&self) -> impl Iterator<Item = &Pair<'a>> {
        self.pairs.iter().filter(|pair| pair.is_wrong())
    }

    /// Tries a mistake on every case.
    ///
    /// It is certain if it explains every wrong case bit for bit, would leave every right case right, and explains at
    /// least `needed` different values. It is likely if it explains more cases than it contradicts, and at least one
    /// value less.
    pub(super) fn prove<'t>(
        &'t self,
        needed: usize,
        mistake: &dyn Fn(&'t Pair<'a>) -> Option<Trial<'t>>,
    ) -> Option<Proof> {
        let mut explains = Vec::new();
        let mut contradicted = 0;
        let mut seen: Vec<u64> = Vec::new();
        for pair in &self.pairs {
            let Some(trial) = mistake(pair) else {
                continue;
            };
            match (pair.is_wrong(), pair.holds(&trial)) {
                (true, true) => {
                    explains.push(pair.case);
                    pair.weigh(&mut seen, needed);
                }
                (true, false) | (false, true) => {}
                (false, false) => contradicted += 1,
            }
        }
        if explains.len() <= contradicted || seen.len() + 1 < needed {
            return None;
        }
        let certain = contradicted == 0 && explains.len() == self.wrong && seen.len() >= needed;
        Some(Proof {
            certainty: if certain {
                Certainty::ThisIs
            } else {
                Certainty::LooksLike
            },
            explains,
        })
    }

    /// Creates an explanation for a property of some wrong cases: never more than "looks like".
    pub(super) fn seen(&self, property: &dyn Fn(&Pair<'a>) -> bool) -> Option<Proof> {
        let explains: Vec<usize> = self
            .wrong_pairs()
            .filter(|pair| property(pair))
            .map(|pair| pair.case)
            .collect();
        (!explains.is_empty()).then_some(Proof {
            certainty: Certainty::LooksLike,
            explains,
        })
    }

    /// The first case that a proof explains.
    pub(super) fn example(&self, proof: &Proof) -> Option<&Pair<'a>> {
        let first = proof.explains.first()?;
        self.pairs.iter().find(|pair| pair.case == *first)
    }

    /// Creates an explanation of a proof.
    pub(super) fn tell(
        &self,
        id: &'static str,
        proof: Proof,
        what: impl Into<String>,
        text: impl Into<String>,
        picture: Option<Picture>,
    ) -> Explanation {
        Explanation {
            certainty: proof.certainty,
            subject: Subject::Cause(id),
            what: what.into(),
            text: text.into(),
            hint: None,
            explains: proof.explains,
            wrong: self.wrong,
            picture,
        }
    }

    /// The proof for a cause that does not depend on the numbers: it explains every wrong case.
    pub(super) fn all_wrong(&self, certainty: Certainty) -> Proof {
        Proof {
            certainty,
            explains: self.wrong_cases.clone(),
        }
    }
}

/// Tries candidates for a mistake and keeps the one with the best proof: the first that is certain, or else the first
/// that explains the most cases.
pub(super) fn best<T>(
    candidates: impl IntoIterator<Item = T>,
    prove: impl Fn(&T) -> Option<Proof>,
) -> Option<(Proof, T)> {
    let mut best: Option<(Proof, T)> = None;
    for candidate in candidates {
        let Some(proof) = prove(&candidate) else {
            continue;
        };
        if proof.certainty == Certainty::ThisIs {
            return Some((proof, candidate));
        }
        let explains_more = |(known, _): &(Proof, T)| proof.explains.len() > known.explains.len();
        if best.as_ref().is_none_or(explains_more) {
            best = Some((proof, candidate));
        }
    }
    best
}
