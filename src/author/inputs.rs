//! Cases with one input changed. On such a case, a right answer returns what an answer that gets this input wrong would
//! return on the original case.

use crate::array::{Array, Dtype, Scalar, Value};
use crate::diagnose::{HOWS, How, InputChange, arithmetic};
use crate::spec::{Case, CaseKind, Spec};

/// Every change of an input that is possible for a kata.
#[must_use]
pub(super) fn changes(spec: &Spec) -> Vec<InputChange> {
    let cases: Vec<&Case> = spec.cases.iter().collect();
    let mut all = Vec::new();
    for how in HOWS {
        for (at, param) in spec.params.iter().enumerate() {
            let others: Vec<Option<String>> = match how {
                How::Exchanged => {
                    let after = spec.params[at + 1..].iter();
                    after.map(|other| Some(other.name.clone())).collect()
                }
                _ => vec![None],
            };
            if matches!(how, How::Small5 | How::Small6) && !is_small(spec, at) {
                continue;
            }
            for other in others {
                let change = InputChange {
                    how: *how,
                    param: param.name.clone(),
                    other,
                };
                let has_effect = |case: &&Case| given(spec, &change, case, &cases) != case.given;
                if cases.iter().any(has_effect) {
                    all.push(change);
                }
            }
        }
    }
    all
}

/// Whether a parameter is a number such as an epsilon: a float that is small in some case.
fn is_small(spec: &Spec, at: usize) -> bool {
    spec.cases.iter().any(|case| match case.given.get(at) {
        Some(Value::Scalar(Scalar { dtype, bits })) if dtype.is_float() => {
            let number = dtype.to_f64(*bits);
            number > 0.0 && number < 1e-3
        }
        _ => false,
    })
}

/// The inputs of a case with the change, or the unchanged inputs if the change is not possible.
pub(super) fn given(spec: &Spec, change: &InputChange, case: &Case, cases: &[&Case]) -> Vec<Value> {
    let mut given = case.given.clone();
    let place = |name: &str| spec.params.iter().position(|param| param.name == name);
    let Some(at) = place(&change.param).filter(|at| *at < given.len()) else {
        return given;
    };
    match (change.how, &change.other) {
        (How::Exchanged, Some(other)) => {
            let other = place(other).filter(|other| *other < given.len());
            if let Some(other) = other.filter(|other| are_alike(&given[at], &given[*other])) {
                given.swap(at, other);
            }
        }
        (How::First, _) => {
            // The length from another case would not fit the arrays.
            let is_length = case.dims.iter().any(|(name, _)| *name == change.param);
            let mut shown = cases.iter();
            let first = shown.find(|case| case.kind == CaseKind::Shown);
            let first = first.and_then(|first| first.given.get(at));
            if let Some(first) = first.filter(|first| !is_length && are_alike(first, &given[at])) {
                given[at] = first.clone();
            }
        }
        (how, _) => {
            if let Some(other) = changed(how, &given[at]) {
                given[at] = other;
            }
        }
    }
    given
}

/// Whether one can replace the other.
fn are_alike(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Array(one), Value::Array(other)) => {
            (one.dtype(), one.shape()) == (other.dtype(), other.shape())
        }
        (Value::Scalar(one), Value::Scalar(other)) => one.dtype == other.dtype,
        _ => false,
    }
}

fn changed(how: How, value: &Value) -> Option<Value> {
    match value {
        Value::Scalar(Scalar { dtype, bits }) => {
            let bits = element(how, *dtype, *bits)?;
            Some(Value::Scalar(Scalar {
                dtype: *dtype,
                bits,
            }))
        }
        Value::Array(array) if !array.is_empty() => {
            let mut bits: Vec<u64> = array.iter().collect();
            match how {
                How::Reversed => bits.reverse(),
                How::Rolled => bits.rotate_left(1),
                // For arrays, these mistakes are not realistic.
                How::Next | How::Previous => return None,
                _ => {
                    let changed = bits.iter().map(|bits| element(how, array.dtype(), *bits));
                    bits = changed.collect::<Option<Vec<_>>>()?;
                }
            }
            Array::from_bits(array.dtype(), array.shape().to_vec(), &bits).map(Value::Array)
        }
        Value::Array(_) | Value::Bytes(_) | Value::Str(_) => None,
    }
}

/// The element with the change; `None` if the change makes no sense for its dtype.
fn element(how: How, dtype: Dtype, bits: u64) -> Option<u64> {
    if dtype == Dtype::Bool {
        return match how {
            How::Zero => Some(0),
            How::One => Some(1),
            How::Inverted => Some(bits ^ 1),
            _ => None,
        };
    }
    let whole = dtype.to_integer(bits);
    let number = |number: i128| match whole {
        Some(_) => dtype.from_integer(number),
        None => arithmetic::round(dtype, number as f64),
    };
    match (how, whole) {
        (How::Zero, _) => number(0),
        (How::One, _) => number(1),
        (How::Small5, None) => arithmetic::round(dtype, 1e-5),
        (How::Small6, None) => arithmetic::round(dtype, 1e-6),
        (How::Negated, _) => arithmetic::negate(dtype, bits),
        (How::Absolute, _) => arithmetic::absolute(dtype, bits),
        (How::Doubled, _) => arithmetic::scale(dtype, bits, 2.0),
        (How::Halved, Some(whole)) => number(whole / 2),
        (How::Halved, None) => arithmetic::scale(dtype, bits, 0.5),
        (How::Next, Some(whole)) => number(whole + 1),
        (How::Previous, Some(whole)) => number(whole - 1),
        (How::Bf16, None) => arithmetic::round(dtype, arithmetic::bf16(dtype.to_f64(bits))),
        _ => None,
    }
}
