//! The rule `scaled_ulp: n`: |a − b| ≤ n · ulp(max |expected|), the greatest magnitude of the part.
//!
//! It suits logits and normalised sums, where an element near zero carries the rounding of its large neighbours.
//! It judges values, so the sign of a zero never matters. Expected infinities and NaNs do not count for the greatest.

use std::ops::Range;

use crate::array::{Array, Dtype, unit};

/// Gives the greatest difference the rule allows anywhere in a run of an array.
pub(super) fn allowance(expected: &Array, run: Range<usize>, limit: f64) -> f64 {
    let dtype = expected.dtype();
    // A larger magnitude never has a smaller unit, so the greatest unit is the unit of the greatest.
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
