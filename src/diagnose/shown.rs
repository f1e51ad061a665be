//! The shown cases as causes look at them: expected and got side by side, and what it takes to prove a mistake on them.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::{Certainty, Evidence, Explanation, Outcome, Picture, Subject};
use crate::array::{Array, Dtype, Value};
use crate::compare::{Matcher, matcher};
use crate::spec::{Expr, Operator, Spec, Type};

/// How many differing elements are tried before all are: a wrong guess fails on one of the first.
const TRIED_FIRST: usize = 32;

/// How many differing elements are looked at to see how much a proof proves.
const WEIGHED: usize = 512;

/// Holds what causes may look at.
pub struct Shown<'a> {
    pub(super) spec: &'a Spec,
    /// The cases with an output of the right length and dtype, and those that are right; none of them is empty.
    pub(super) pairs: Vec<Pair<'a>>,
    /// The cases with an output of another length: place, dimensions, expected, got.
    pub(super) counts: Vec<Count<'a>>,
    /// The cases with text or bytes: place, expected, got.
    pub(super) texts: Vec<(usize, &'a Value, &'a Value)>,
    /// How many shown cases are wrong, those without an output included.
    pub(super) wrong: usize,
    /// Inputs without effect.
    pub(super) ignored: &'a [String],
    /// The cases that are wrong, by place.
    wrong_cases: Vec<usize>,
}

/// Holds a case whose output has another length than the expected one.
pub(super) struct Count<'a> {
    pub(super) case: usize,
    pub(super) dims: &'a [(String, usize)],
    pub(super) expected: &'a Array,
    pub(super) got: &'a Array,
}

/// Holds one shown case whose output can be laid beside the expected one.
pub(super) struct Pair<'a> {
    /// Its place in the evidence.
    pub(super) case: usize,
    pub(super) dtype: Dtype,
    /// The shape of the output as the spec has it; a length such as `rows * columns` counts as two.
    pub(super) shape: Vec<usize>,
    /// The spec's expression for each dimension, if it has one.
    pub(super) axes: Vec<String>,
    pub(super) dims: &'a [(String, usize)],
    /// The arrays among the inputs, by name.
    pub(super) inputs: Vec<(&'a str, &'a Array)>,
    pub(super) expected: Vec<u64>,
    /// The places where got is not as good as expected; none in a case that is right.
    pub(super) differing: Vec<usize>,
    got: Option<Vec<u64>>,
    matcher: Matcher,
    sums: OnceCell<bool>,
}

/// Gives an element of what another output would be: from all its elements and a place.
pub(super) type Element<'t> = Box<dyn Fn(&[u64], usize) -> Option<u64> + 't>;

/// Says how a mistake is tried on a case.
pub(super) enum Trial<'t> {
    /// From the answer's output it makes the expected one.
    Undo(Element<'t>),
    /// From the expected output it makes the answer's.
    Make(Element<'t>),
}

/// Holds what came of trying a mistake on all cases.
#[derive(Clone, Debug)]
pub(super) struct Proof {
    pub(super) certainty: Certainty,
    /// The cases it explains, by place in the evidence.
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
            wrong_cases: Vec::new(),
        };
        for (place, case) in evidence.cases.iter().enumerate() {
            let Some(expected) = case.expected.filter(|_| case.shown) else {
                continue;
            };
            if matches!(case.outcome, Outcome::Value(_) | Outcome::Failed) {
                shown.wrong += 1;
                shown.wrong_cases.push(place);
            }
            let got = match case.outcome {
                Outcome::Right => expected,
                Outcome::Value(got) => got,
                Outcome::Failed | Outcome::NotRun => continue,
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

    /// Walks over the cases that are wrong and can be laid beside the expected output.
    pub(super) fn wrong_pairs(&self) -> impl Iterator<Item = &Pair<'a>> {
        self.pairs.iter().filter(|pair| pair.is_wrong())
    }

    /// Tries a mistake on every case.
    ///
    /// It is certain when it explains every wrong case to the bit, would leave every right case right, and explains at
    /// least `needed` different values; it is worth saying when it explains more cases than it contradicts.
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
        if explains.len() <= contradicted || seen.len() < 2.min(needed) {
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

    /// Says that a property is seen on some of the wrong cases: never more than "looks like".
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

    /// Makes an explanation of a proof.
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

    /// The proof of what holds whatever the numbers are: it explains every wrong case.
    pub(super) fn all_wrong(&self, certainty: Certainty) -> Proof {
        Proof {
            certainty,
            explains: self.wrong_cases.clone(),
        }
    }
}

/// Chooses the better of two: a certain one, then the one that explains more; the first of equals.
pub(super) fn better<T>(best: &mut Option<(Proof, T)>, proof: Option<Proof>, about: T) {
    let Some(proof) = proof else { return };
    let worth = |proof: &Proof| (proof.certainty == Certainty::ThisIs, proof.explains.len());
    if best
        .as_ref()
        .is_none_or(|(known, _)| worth(&proof) > worth(known))
    {
        *best = Some((proof, about));
    }
}

/// Says whether a search can stop.
pub(super) fn is_certain<T>(best: &Option<(Proof, T)>) -> bool {
    matches!(best, Some((proof, _)) if proof.certainty == Certainty::ThisIs)
}

impl<'a> Pair<'a> {
    fn new(
        evidence: &'a Evidence<'a>,
        place: usize,
        expected: &Value,
        got: &Value,
    ) -> Option<Self> {
        let case = &evidence.cases[place];
        let spec = evidence.spec;
        let (expected, got) = (as_array(expected)?, as_array(got)?);
        if expected.dtype() != got.dtype() || expected.is_empty() {
            return None;
        }
        let matcher = matcher(&expected, &spec.rule, spec.zeros);
        let wanted: Vec<u64> = expected.iter().collect();
        let (got, differing) = match case.outcome {
            Outcome::Right => (None, Vec::new()),
            _ => {
                let got: Vec<u64> = got.iter().collect();
                let differs =
                    |(wanted, got): (&u64, &u64)| wanted != got && !matcher(*wanted, *got);
                let pairs = wanted.iter().zip(&got).map(differs).enumerate();
                let differing = pairs
                    .filter(|(_, differs)| *differs)
                    .map(|(index, _)| index);
                let differing = differing.collect();
                (Some(got), differing)
            }
        };
        let (shape, axes) = logical_shape(&spec.returns, case.dims, expected.shape());
        let inputs = spec.params.iter().zip(case.given);
        Some(Self {
            case: place,
            dtype: expected.dtype(),
            shape,
            axes,
            dims: case.dims,
            inputs: inputs
                .filter_map(|(param, value)| match value {
                    Value::Array(array) => Some((param.name.as_str(), array)),
                    _ => None,
                })
                .collect(),
            expected: wanted,
            differing,
            got,
            matcher,
            sums: OnceCell::new(),
        })
    }

    /// Whether the answer is wrong here.
    pub(super) fn is_wrong(&self) -> bool {
        self.got.is_some()
    }

    /// What the answer gave.
    pub(super) fn got(&self) -> &[u64] {
        self.got.as_deref().unwrap_or(&self.expected)
    }

    /// Whether an element is as good as the expected one.
    pub(super) fn accepts(&self, expected: u64, got: u64) -> bool {
        (self.matcher)(expected, got)
    }

    /// Whether a mistake explains the case: the wrong output to the bit, or why a right one stayed right.
    pub(super) fn holds(&self, trial: &Trial<'_>) -> bool {
        let (Trial::Undo(element) | Trial::Make(element)) = trial;
        let holds = |index: usize| match trial {
            Trial::Undo(_) => element(self.got(), index)
                .is_some_and(|undone| self.accepts(self.expected[index], undone)),
            Trial::Make(_) => element(&self.expected, index)
                .is_some_and(|made| self.accepts(made, self.got()[index])),
        };
        self.differing
            .iter()
            .take(TRIED_FIRST)
            .all(|index| holds(*index))
            && (0..self.expected.len()).all(holds)
    }

    /// Collects different expected values among the differing elements, up to some.
    fn weigh(&self, seen: &mut Vec<u64>, most: usize) {
        for index in self.differing.iter().take(WEIGHED) {
            if seen.len() >= most.max(2) {
                return;
            }
            let value = self.expected[*index];
            if !seen.contains(&value) {
                seen.push(value);
            }
        }
    }

    /// Whether got has the same elements as expected, in whatever order.
    pub(super) fn is_rearranged(&self) -> bool {
        *self.sums.get_or_init(|| {
            let sum = |bits: &[u64]| {
                bits.iter()
                    .fold(0_u64, |sum, bits| sum.wrapping_add(mix(*bits)))
            };
            sum(&self.expected) == sum(self.got())
        })
    }

    /// Whether the elements can be the same in another order; under a rule with a tolerance only trying tells.
    pub(super) fn may_be_rearranged(&self, spec: &Spec) -> bool {
        spec.rule != crate::compare::Rule::Bits || self.is_rearranged()
    }

    /// The value of an element.
    pub(super) fn value(&self, bits: u64) -> f64 {
        self.dtype.to_f64(bits)
    }

    /// The name of an axis in words: "axis 1 (`heads`)".
    pub(super) fn axis(&self, axis: usize) -> String {
        match self
            .axes
            .get(axis)
            .filter(|name| name.parse::<usize>().is_err())
        {
            Some(name) => format!("axis {axis} (`{name}`)"),
            None => format!("axis {axis}"),
        }
    }

    /// The length of an axis, and how far apart its elements lie.
    pub(super) fn stride(&self, axis: usize) -> (usize, usize) {
        (self.shape[axis], self.shape[axis + 1..].iter().product())
    }
}

/// Scatters bits, so that sums of them tell multisets apart.
pub(super) fn mix(bits: u64) -> u64 {
    let mut mixed = bits.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ mixed >> 31
}

fn as_array(value: &Value) -> Option<Cow<'_, Array>> {
    match value {
        Value::Array(array) => Some(Cow::Borrowed(array)),
        Value::Scalar(scalar) => Some(Cow::Owned(scalar.to_array())),
        Value::Bytes(_) | Value::Str(_) => None,
    }
}

/// The shape of an output with its names. A flat one whose length is a product counts as that many dimensions.
fn logical_shape(
    returns: &Type,
    dims: &[(String, usize)],
    shape: &[usize],
) -> (Vec<usize>, Vec<String>) {
    let Type::Array { dims: exprs, .. } = returns else {
        return (shape.to_vec(), Vec::new());
    };
    let mut factors = Vec::new();
    match (shape, exprs.as_slice()) {
        ([_], [expr]) => collect_factors(expr, &mut factors),
        _ => factors.extend(exprs),
    }
    let lookup = |name: &str| {
        let found = dims.iter().find(|(known, _)| known == name)?;
        i128::try_from(found.1).ok()
    };
    let lengths: Option<Vec<usize>> = factors
        .iter()
        .map(|factor| factor.eval(&lookup).ok())
        .collect();
    let count: usize = shape.iter().product();
    match lengths {
        Some(lengths)
            if lengths.iter().product::<usize>() == count && lengths.len() >= shape.len() =>
        {
            (
                lengths,
                factors.iter().map(|factor| factor.to_string()).collect(),
            )
        }
        _ => (shape.to_vec(), Vec::new()),
    }
}

fn collect_factors<'e>(expr: &'e Expr, factors: &mut Vec<&'e Expr>) {
    match expr {
        Expr::Operation(left, Operator::Multiply, right) => {
            collect_factors(left, factors);
            collect_factors(right, factors);
        }
        _ => factors.push(expr),
    }
}
