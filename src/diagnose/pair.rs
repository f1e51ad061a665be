//! One shown case for the causes: the expected output and the answer's, and whether a mistake turns one into the
//! other.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::mix::mix;
use super::{CaseOutput, Evidence};
use crate::array::{Array, Dtype, Value};
use crate::compare::{Matcher, matcher};
use crate::spec::{Expr, Operator, Spec, Type};

/// The number of differing elements that are tried first: a wrong guess usually fails on one of them.
const TRIED_FIRST: usize = 32;

/// The number of differing elements that are examined to measure the strength of a proof.
const WEIGHED: usize = 512;

/// A shown case whose output can be compared element by element with the expected one.
pub(super) struct Pair<'a> {
    /// Its index in the evidence.
    pub(super) case: usize,
    pub(super) dtype: Dtype,
    /// The shape of the output in the spec; a length such as `rows * columns` counts as two dimensions.
    pub(super) shape: Vec<usize>,
    /// The spec's expression for each dimension, if it has one.
    pub(super) axes: Vec<String>,
    pub(super) dims: &'a [(String, usize)],
    /// One value for each parameter.
    pub(super) given: &'a [Value],
    /// The arrays among the inputs, by name.
    pub(super) inputs: Vec<(&'a str, &'a Array)>,
    pub(super) expected: Vec<u64>,
    /// The indices of wrong elements; empty if the case is right.
    pub(super) differing: Vec<usize>,
    got: Option<Vec<u64>>,
    matcher: Matcher,
    sums: OnceCell<bool>,
}

/// Computes an element of a changed output from all elements and an index.
pub(super) type Element<'t> = Box<dyn Fn(&[u64], usize) -> Option<u64> + 't>;

/// How a mistake is tried on a case.
pub(super) enum Trial<'t> {
    /// It turns the answer's output into the expected one.
    Undo(Element<'t>),
    /// It turns the expected output into the answer's.
    Make(Element<'t>),
}

impl<'a> Pair<'a> {
    pub(super) fn new(
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
        let matcher = matcher(&expected, &spec.rules(case.dims), spec.zeros);
        let wanted: Vec<u64> = expected.iter().collect();
        let (got, differing) = match case.outcome {
            CaseOutput::Right => (None, Vec::new()),
            _ => {
                let got: Vec<u64> = got.iter().collect();
                let pairs = wanted.iter().zip(&got).enumerate();
                let differing = pairs
                    .filter(|(index, (wanted, got))| {
                        wanted != got && !matcher(*index, **wanted, **got)
                    })
                    .map(|(index, _)| index)
                    .collect();
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
            given: case.given,
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

    /// Whether the answer fails this case.
    pub(super) fn is_wrong(&self) -> bool {
        self.got.is_some()
    }

    /// The answer's output.
    pub(super) fn got(&self) -> &[u64] {
        self.got.as_deref().unwrap_or(&self.expected)
    }

    /// Whether an element counts as equal to the expected one at this index.
    pub(super) fn accepts(&self, index: usize, expected: u64, got: u64) -> bool {
        (self.matcher)(index, expected, got)
    }

    /// Whether a mistake explains the case: it gives exactly the wrong output, or leaves a right one right.
    pub(super) fn holds(&self, trial: &Trial<'_>) -> bool {
        let (Trial::Undo(element) | Trial::Make(element)) = trial;
        let holds = |index: usize| match trial {
            Trial::Undo(_) => element(self.got(), index)
                .is_some_and(|undone| self.accepts(index, self.expected[index], undone)),
            Trial::Make(_) => element(&self.expected, index)
                .is_some_and(|made| self.accepts(index, made, self.got()[index])),
        };
        self.differing
            .iter()
            .take(TRIED_FIRST)
            .all(|index| holds(*index))
            && (0..self.expected.len()).all(holds)
    }

    /// Collects distinct expected values among the differing elements, up to a limit.
    pub(super) fn weigh(&self, seen: &mut Vec<u64>, most: usize) {
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

    /// Whether the answer has the expected elements in any order.
    pub(super) fn is_rearranged(&self) -> bool {
        *self.sums.get_or_init(|| {
            let sum = |bits: &[u64]| {
                bits.iter()
                    .fold(0_u64, |sum, bits| sum.wrapping_add(mix(*bits)))
            };
            sum(&self.expected) == sum(self.got())
        })
    }

    /// Whether the elements can be the same in a different order; under a rule with a tolerance, only trying can tell.
    pub(super) fn may_be_rearranged(&self, spec: &Spec) -> bool {
        !spec.is_exact() || self.is_rearranged()
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

    /// The length and the stride of an axis.
    pub(super) fn stride(&self, axis: usize) -> (usize, usize) {
        (self.shape[axis], self.shape[axis + 1..].iter().product())
    }
}

fn as_array(value: &Value) -> Option<Cow<'_, Array>> {
    match value {
        Value::Array(array) => Some(Cow::Borrowed(array)),
        Value::Scalar(scalar) => Some(Cow::Owned(scalar.to_array())),
        Value::Bytes(_) | Value::Str(_) => None,
    }
}

/// The shape of an output with its names. A flat output whose length is a product has one dimension for each factor.
pub(super) fn logical_shape(
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
