//! Judges one value against the expected one: count, shape and dtype first, then element by element under a rule.
//!
//! `grade` calls it, `ui` shows the result, and `diagnose` uses it. Nothing is printed here.
//!
//! Under every rule, any NaN matches any NaN and nothing else; an infinity matches only itself; integers and bools
//! match only themselves; bytes and text must be equal.

mod bits;
mod cells;
mod close;
mod difference;
mod elements;
mod rule;
mod rules;
mod scaled_ulp;
mod text;
mod ulp;

pub use cells::{Cell, Mark, cells, marks};
pub use difference::{ByteDifference, Comparison, Difference, Differences, LISTED, TextDifference};
pub use elements::{Matcher, matcher};
pub use rule::{Rule, Zeros};
pub use rules::Rules;

use crate::array::{Array, Value};

/// Compares an answer's array with the expected one.
#[must_use]
pub fn compare(expected: &Array, got: &Array, rules: &Rules, zeros: Zeros) -> Comparison {
    if expected.len() != got.len() {
        return Comparison::Count {
            expected: expected.len(),
            got: got.len(),
        };
    }
    if expected.shape() != got.shape() {
        return Comparison::Shape {
            expected: expected.shape().to_vec(),
            got: got.shape().to_vec(),
        };
    }
    if expected.dtype() != got.dtype() {
        return Comparison::Dtype {
            expected: expected.dtype(),
            got: got.dtype(),
        };
    }
    elements::compare(expected, got, rules, zeros)
}

/// Compares an answer's value with the expected one.
#[must_use]
pub fn compare_values(expected: &Value, got: &Value, rules: &Rules, zeros: Zeros) -> Comparison {
    match (expected, got) {
        (Value::Array(expected), Value::Array(got)) => compare(expected, got, rules, zeros),
        (Value::Scalar(expected), Value::Scalar(got)) => {
            compare(&expected.to_array(), &got.to_array(), rules, zeros)
        }
        (Value::Bytes(expected), Value::Bytes(got)) => text::compare_bytes(expected, got),
        (Value::Str(expected), Value::Str(got)) => text::compare_text(expected, got),
        _ => Comparison::Kind {
            expected: expected.kind(),
            got: got.kind(),
        },
    }
}

#[cfg(test)]
mod tests;
