//! The rule `scaled_ulp: n`: |a − b| ≤ n · ulp(max |expected|), the greatest magnitude of the part.
//!
//! It suits logits and normalized sums, where an element near zero has the rounding error of its large neighbors. It
//! judges values, so the sign of a zero never matters. Infinities and NaNs in the expected output are ignored for the
//! maximum.

use std::ops::Range;

use crate::array::{Array, Dtype, unit};

/// Returns the largest difference that the rule allows in a run of an array.
pub(super) fn allowance(expected: &Array, run: Range<usize>, limit: f64) -> f64 {
    let dtype = expected.dtype();
    // A larger magnitude never has a smaller unit, so the largest unit is that of the largest magnitude.
    let greatest = expected
        .iter()
        .skip(run.start)
        .take(run.len())
        .filter_map(|bits| unit(dtype, bits))
        .fold(0.0, f64::max);
    limit * greatest
}

pub(super) fn matches(dtype: Dtype, allowed: f64, expected: u64, got: u64) -> bool {
    (dtype.to_f64(expected) - dtype.to_f64(got)).abs() <= allowed
}
