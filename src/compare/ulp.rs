//! The rule `ulp: n`: at most n steps apart, each from one float to the next.
//!
//! −0 and +0 are one step apart, so `ulp: 1` accepts one for the other; with `zeros: equal` that step does not count,
//! even between a small negative and a small positive number.

use super::Zeros;
use crate::array::{Dtype, steps};

pub(super) fn matches(dtype: Dtype, zeros: Zeros, limit: u64, expected: u64, got: u64) -> bool {
    let crosses_zero = dtype.is_negative(expected) != dtype.is_negative(got);
    let free = u64::from(zeros == Zeros::Equal && crosses_zero);
    steps(dtype, expected, got).is_some_and(|distance| distance - free <= limit)
}
