//! The rule `close`: |a − b| ≤ atol + rtol · |expected|, computed in `f64`.
//!
//! It judges values, so the sign of a zero never matters. As in NumPy's `allclose`, the bound depends only on the
//! expected value, not on the larger of the two.

use crate::array::Dtype;

pub(super) fn matches(dtype: Dtype, rtol: f64, atol: f64, expected: u64, got: u64) -> bool {
    let (expected, got) = (dtype.to_f64(expected), dtype.to_f64(got));
    approx::abs_diff_eq!(expected, got, epsilon = atol + rtol * expected.abs())
}
