//! How many bits an attacker must guess to find the output behind a hidden case's digest.
//!
//! The formula deliberately errs on the low side. Each *distinct* magnitude among the output's elements
//! counts once; further elements of the same magnitude do not count. A magnitude counts as
//!
//! - 1 bit if it is zero, NaN or infinity;
//! - otherwise its *significant bits*, from the highest set binary digit to the lowest, and one for the sign where the dtype
//!   has one: 13 = 1101₂ counts as 4 + 1, 0.375 = 0.011₂ as 2 + 1, a power of two as 1 + 1, an arbitrary `f32` as 24 + 1;
//! - never more bits than are needed to find it among the inputs: log₂ of the number of distinct magnitudes there, and
//!   one for the sign;
//! - under a tolerance, only the digits above the width of its cell, without the leading one, and one for the sign:
//!   the magnitude's position in its cell is public, and its exponent may be (`compare/cells.rs`).
//!
//! Bytes and text count as their bytes. The formula sees no relation between elements (an output that is another one
//! plus one counts in full) and does not know how hard the computation is: anyone who can compute the output needs no
//! guess.

use std::collections::BTreeSet;

use super::canonical::Cells;
use crate::array::{Dtype, Value};

/// A case is wide when it has at least this many distinct magnitudes ...
pub(super) const WIDE_VALUES: usize = 8;
/// ... and more than this many bits of freedom.
pub(super) const WIDE_BITS: f64 = 40.0;

/// The freedom of an output.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Freedom {
    /// The number of elements.
    pub values: usize,
    /// The number of different magnitudes.
    pub different: usize,
    /// The total number of bits.
    pub bits: f64,
}

impl Freedom {
    /// Whether there are too many candidates to enumerate, even at one hash each: enough values and enough bits.
    #[must_use]
    pub fn is_wide(&self) -> bool {
        self.different >= WIDE_VALUES && self.bits > WIDE_BITS
    }
}

/// Computes the freedom of an output, given its inputs and the cells that the lock makes public.
#[must_use]
pub(super) fn freedom(expected: &Value, given: &[Value], cells: &Cells) -> Freedom {
    let known: BTreeSet<u64> = given
        .iter()
        .flat_map(elements)
        .map(|(dtype, element)| magnitude(dtype, element).key())
        .collect();
    let among_inputs = (known.len().max(1) as f64).log2();
    let mut seen = BTreeSet::new();
    let elements = elements(expected);
    let mut bits = 0.0;
    let mut rounded = BTreeSet::new();
    for (index, (dtype, element)) in elements.iter().enumerate() {
        if let Some(Some(cell)) = cells.get(index) {
            let (magnitude, digits) = cell.secret(*dtype, *element);
            if digits > 0 && rounded.insert(magnitude) {
                bits += f64::from(digits) + 1.0;
            }
            continue;
        }
        let magnitude = magnitude(*dtype, *element);
        if !seen.insert(magnitude.key()) {
            continue;
        }
        let sign = match dtype.range() {
            Some((least, _)) if least >= 0 => 0.0,
            _ => 1.0,
        };
        bits += match magnitude {
            Magnitude::Named(_) => 1.0,
            Magnitude::Number(_, significant) => {
                let own = f64::from(significant);
                let own = match known.contains(&magnitude.key()) {
                    true => own.min(among_inputs),
                    false => own,
                };
                own + sign
            }
        };
    }
    Freedom {
        values: elements.len(),
        different: seen.len() + rounded.len(),
        bits,
    }
}

/// A number without its sign.
#[derive(Clone, Copy)]
enum Magnitude {
    /// Zero, NaN or infinity.
    Named(u64),
    /// Any other number, in a form that is comparable across dtypes, and its significant bits.
    Number(u64, u32),
}

impl Magnitude {
    fn key(self) -> u64 {
        match self {
            Self::Named(key) | Self::Number(key, _) => key,
        }
    }
}

fn magnitude(dtype: Dtype, element: u64) -> Magnitude {
    if let Some(whole) = dtype.to_integer(element) {
        let whole = whole.unsigned_abs();
        if whole == 0 {
            return Magnitude::Named(0);
        }
        let significant = 128 - whole.leading_zeros() - whole.trailing_zeros();
        // Rounding the largest 64-bit integers only merges some of them.
        return Magnitude::Number((whole as f64).to_bits(), significant);
    }
    let value = dtype.to_f64(element).abs();
    if value == 0.0 || !value.is_finite() {
        let key = if value.is_nan() { f64::NAN } else { value };
        return Magnitude::Named(key.to_bits());
    }
    let fraction = value.to_bits() & ((1 << 52) - 1);
    let significant = match value.is_normal() {
        true => 53 - fraction.trailing_zeros().min(52),
        false => 64 - fraction.leading_zeros() - fraction.trailing_zeros(),
    };
    Magnitude::Number(value.to_bits(), significant)
}

fn elements(value: &Value) -> Vec<(Dtype, u64)> {
    match value {
        Value::Array(array) => array.iter().map(|bits| (array.dtype(), bits)).collect(),
        Value::Scalar(scalar) => vec![(scalar.dtype, scalar.bits)],
        Value::Bytes(bytes) => bytes
            .iter()
            .map(|byte| (Dtype::U8, (*byte).into()))
            .collect(),
        Value::Str(text) => text.bytes().map(|byte| (Dtype::U8, byte.into())).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::array::Array;

    fn f32s(values: &[f32]) -> Value {
        let bits: Vec<u64> = values.iter().map(|value| value.to_bits().into()).collect();
        Value::Array(Array::flat(Dtype::F32, &bits))
    }

    #[track_caller]
    fn check(expected: &[f32], given: &[f32], different: usize, bits: f64) {
        let found = freedom(&f32s(expected), &[f32s(given)], &[]);
        assert_eq!(
            (found.different, found.bits),
            (different, bits),
            "{expected:?}"
        );
    }

    #[test]
    fn the_formula_counts_as_it_is_written() {
        check(&[], &[], 0, 0.0);
        check(&[0.0, -0.0], &[], 1, 1.0);
        check(&[1.0], &[], 1, 2.0);
        check(&[13.0, 21.0], &[], 2, 5.0 + 6.0);
        check(&[0.375], &[], 1, 3.0);
        // 0x3f3504f3 has its last bit set: all 24 count, or the one bit it takes to choose it among two inputs.
        check(&[0.707_106_77], &[], 1, 25.0);
        check(&[0.707_106_77, -0.707_106_77], &[0.707_106_77, 1.0], 1, 2.0);
        check(&[f32::NAN, f32::INFINITY, f32::NEG_INFINITY], &[], 2, 2.0);
        check(&[f32::from_bits(5)], &[], 1, 4.0);
    }

    #[test]
    fn whole_numbers_count_like_floats() {
        let whole =
            |dtype, bits| freedom(&Value::Array(Array::flat(dtype, &[bits])), &[], &[]).bits;
        assert_eq!(whole(Dtype::U8, 13), 4.0);
        assert_eq!(whole(Dtype::I32, 13), 5.0);
        assert_eq!(whole(Dtype::I32, 0xffff_fff3), 5.0);
        assert_eq!(whole(Dtype::U64, u64::MAX), 64.0);
        assert_eq!(freedom(&Value::Str("aa".into()), &[], &[]).different, 1);
    }

    #[test]
    fn wide_takes_both_many_values_and_many_bits() {
        let ramp: Vec<f32> = (1..=9).map(|index| index as f32).collect();
        assert!(!freedom(&f32s(&ramp), &[], &[]).is_wide());
        let odd: Vec<f32> = (1..=8).map(|index| (index * 100 + 1) as f32).collect();
        assert!(freedom(&f32s(&odd), &[], &[]).is_wide());
        assert!(!freedom(&f32s(&odd[1..]), &[], &[]).is_wide());
    }
}
