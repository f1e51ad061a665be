//! The rule `bits`: equal bits. With `zeros: equal`, +0 and −0 are equal too.

use super::Zeros;
use crate::array::Dtype;

pub(super) fn matches(dtype: Dtype, zeros: Zeros, expected: u64, got: u64) -> bool {
    expected == got || zeros == Zeros::Equal && dtype.is_zero(expected) && dtype.is_zero(got)
}
