//! Cells: a tolerance that can be checked without the expected value.
//!
//! A hidden case has only a digest of its expected output, and digests cannot be compared approximately. So the
//! numbers are divided into cells, and the index of the cell is digested. For an element whose expected value is e,
//! with the tolerance T that the rule allows there, let T′ be the greatest power of two not above T. The cells are
//! 2T′ wide, and shifted by an offset o so that e is in the middle of its cell: with k = ⌊e / 2T′⌋, o = (k + ½) · 2T′
//! − e. An output a is in the cell ⌊(a + o) / 2T′⌋.
//!
//! An output within T/2 of e is in e's cell, one beyond T is not, and one between the two may or may not be. The
//! exponent of T′ and o are public; o reveals e modulo 2T′ and nothing else, *because T′ is a power of two*: the
//! values of a binary format are evenly spaced modulo a power of two, while modulo any other number a residue can
//! identify a single float.
//!
//! Known mistakes are recognized by wider cells, whose digest and [`Mark`]s are in the lock: 4T′ wide, and with e within
//! T′/8 of the middle. An output within 1.8 T′ of e is in e's cell, and none beyond 2.2 T is.
//!
//! All arithmetic is exact, in units of the least positive value of the dtype. Under `ulp`, the unit is one step:
//! an element's place in the order of all values of its dtype.

use num_bigint::BigInt;

use super::{Rule, Rules, Zeros};
use crate::array::{Array, Dtype, unit as step_at};

/// The grid of cells for one element: the public part of a hidden expected value under a tolerance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The binary logarithm of the width 2T′ in units.
    width: u32,
    /// The offset o in units.
    offset: BigInt,
    unit: Unit,
    /// Whether the tolerance grows with the expected value.
    is_relative: bool,
}

/// The unit of positions and widths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    /// The least positive value of the dtype.
    Least,
    /// Steps from one representable value to the next: the unit of `ulp`.
    Step,
}

impl Unit {
    /// Returns the unit of a rule's cells; `None` if it compares bit for bit.
    fn of(rule: &Rule) -> Option<Self> {
        match rule {
            Rule::Bits => None,
            Rule::Ulp(_) => Some(Self::Step),
            Rule::ScaledUlp(_) | Rule::Close { .. } => Some(Self::Least),
        }
    }
}

/// The place of an element in its cell, for an output that is not secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mark {
    /// The binary logarithm of the cell's width in units.
    pub width: u32,
    /// The offset in sixteenths of the width, rounded.
    pub sixteenths: u8,
}

/// The maximum width accepted from a lock: wider than the whole range of an `f64`.
const WIDEST: u32 = 4096;

impl Cell {
    /// Creates a cell from its parts in a lock; `None` if they are not valid.
    ///
    /// `offset` is a two's complement integer of any length, least significant byte first.
    #[must_use]
    pub fn from_parts(width: u32, offset: &[u8], rule: &Rule) -> Option<Self> {
        let unit = Unit::of(rule)?;
        let is_sound = (1..=WIDEST).contains(&width) && offset.len() <= WIDEST as usize / 8;
        is_sound.then(|| Self {
            width,
            offset: BigInt::from_signed_bytes_le(offset),
            unit,
            is_relative: is_relative(rule),
        })
    }

    /// Creates the cell with a mark; `None` if it is not valid.
    #[must_use]
    pub fn marked(mark: Mark, rule: &Rule) -> Option<Self> {
        let cell = Self::from_parts(mark.width, &[], rule)?;
        let offset = (BigInt::from(mark.sixteenths) << mark.width) >> 4;
        Some(Self { offset, ..cell })
    }

    /// Returns the binary logarithm of the width, to store in a lock.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Returns the offset in the form that [`Cell::from_parts`] expects.
    #[must_use]
    pub fn offset(&self) -> Vec<u8> {
        self.offset.to_signed_bytes_le()
    }

    /// Returns the index of the cell that contains an element, as a two's complement integer, least significant byte
    /// first.
    ///
    /// `None` for NaN and infinities, which are not in any cell.
    #[must_use]
    pub fn number(&self, dtype: Dtype, zeros: Zeros, bits: u64) -> Option<Vec<u8>> {
        let position = position(dtype, zeros, bits, self.unit)?;
        // A shift of a negative number rounds down, as the floor does.
        let number: BigInt = (position + &self.offset) >> self.width;
        Some(number.to_signed_bytes_le())
    }

    /// Returns the secret part of an expected value: its magnitude in whole cells, and the number of its binary
    /// digits.
    ///
    /// Its exponent may be public, so the leading digit does not count; below two cells nothing is secret. Under a
    /// relative tolerance the width reveals a range whose ends are not powers of two, so the next digit does not
    /// count either. Trailing zeros do not count, as for a value that is compared bit for bit.
    #[must_use]
    pub fn secret(&self, dtype: Dtype, bits: u64) -> (Vec<u8>, u32) {
        let magnitude = match self.unit {
            Unit::Least => position(dtype, Zeros::Equal, bits, Unit::Least),
            // The position includes the exponent, which is not one of the digits.
            Unit::Step => dtype.fraction_bits().map(|digits| {
                let fraction = bits & ((1 << digits) - 1);
                BigInt::from(fraction | 1 << digits)
            }),
        };
        let whole = magnitude.unwrap_or_default().magnitude() >> self.width;
        let zeros = whole.trailing_zeros().unwrap_or(0);
        let public = 1 + u64::from(self.is_relative);
        let digits = whole.bits().saturating_sub(zeros + public);
        (
            whole.to_bytes_le(),
            u32::try_from(digits).unwrap_or(u32::MAX),
        )
    }
}

/// Returns the cells of an expected output, one for each element; `None` where an element is compared bit for bit.
///
/// Integers, bools, NaN and infinities are compared bit for bit, and so is every element whose rule allows less than
/// the smallest positive value.
#[must_use]
pub fn cells(expected: &Array, rules: &Rules, zeros: Zeros) -> Vec<Option<Cell>> {
    let dtype = expected.dtype();
    let mut cells = Vec::with_capacity(expected.len());
    for (run, rule) in rules.runs(expected.len()) {
        let scale = super::scaled_ulp::allowance(expected, run.clone(), 1.0);
        for index in run {
            cells.push(cell(dtype, expected.bits(index), rule, scale, zeros));
        }
    }
    cells
}

/// Returns the marks of an output that is recorded, one for each element; `None` where [`cells`] has none.
#[must_use]
pub fn marks(output: &Array, rules: &Rules, zeros: Zeros) -> Vec<Option<Mark>> {
    let dtype = output.dtype();
    let cells = cells(output, rules, zeros).into_iter().zip(output.iter());
    let mark = |(cell, bits): (Option<Cell>, u64)| {
        let cell = cell?;
        let width = cell.width + 1;
        let position = position(dtype, zeros, bits, cell.unit)?;
        let half = BigInt::from(1) << (width - 1);
        let offset: BigInt = half - position;
        // Rounded to the nearest sixteenth: 32 o / w, plus one, halved.
        let sixteenths: BigInt = (((offset << 5) >> width) + 1_u32) >> 1;
        let sixteenths = u8::try_from(sixteenths & BigInt::from(15)).ok()?;
        Some(Mark { width, sixteenths })
    };
    cells.map(mark).collect()
}

fn cell(dtype: Dtype, bits: u64, rule: Rule, scale: f64, zeros: Zeros) -> Option<Cell> {
    let unit = Unit::of(&rule)?;
    let position = position(dtype, zeros, bits, unit)?;
    let width = match rule {
        Rule::Bits => return None,
        Rule::Ulp(limit) => limit.checked_ilog2()? + 1,
        Rule::ScaledUlp(limit) => width(dtype, limit * scale)?,
        Rule::Close { rtol, atol } => width(dtype, atol + rtol * dtype.to_f64(bits).abs())?,
    };
    let half = BigInt::from(1) << (width - 1);
    // The rest of a division by a power of two, never negative: e modulo 2T′.
    let rest = &position - ((&position >> width) << width);
    Some(Cell {
        width,
        offset: half - rest,
        unit,
        is_relative: is_relative(&rule),
    })
}

/// Whether a rule's tolerance grows with the value, other than in steps of the exponent.
fn is_relative(rule: &Rule) -> bool {
    match rule {
        Rule::Bits | Rule::Ulp(_) | Rule::ScaledUlp(_) => false,
        Rule::Close { rtol, .. } => *rtol > 0.0,
    }
}

/// Returns the logarithm of 2T′ for a tolerance, in units of the dtype's least positive value; `None` below one unit.
fn width(dtype: Dtype, tolerance: f64) -> Option<u32> {
    // A sum or product that overflows f64 allows every finite value anyway.
    let exponent = exponent(tolerance.min(f64::MAX))?;
    u32::try_from(exponent - least_exponent(dtype) + 1)
        .ok()
        .filter(|width| *width > 0)
}

/// The exponent of the greatest power of two not above a number; `None` for zero and NaN.
fn exponent(number: f64) -> Option<i32> {
    let number = number.abs();
    if number.is_nan() || number == 0.0 {
        return None;
    }
    let bits = number.to_bits();
    Some(match bits >> 52 {
        0 => bits.ilog2() as i32 - 1074,
        biased => biased as i32 - 1023,
    })
}

/// The exponent of the dtype's least positive value.
fn least_exponent(dtype: Dtype) -> i32 {
    step_at(dtype, 0).and_then(exponent).unwrap_or(0)
}

/// Returns a finite float as a whole number of units; `None` for anything else.
fn position(dtype: Dtype, zeros: Zeros, bits: u64, unit: Unit) -> Option<BigInt> {
    if !dtype.is_float() || dtype.is_nan(bits) || dtype.is_infinite(bits) {
        return None;
    }
    let is_negative = dtype.is_negative(bits);
    let magnitude = if unit == Unit::Step {
        // As unsigned numbers, the bits of floats without their sign are in the order of the floats.
        let magnitude = bits & !(1 << (8 * dtype.size() - 1));
        // -0 is one step below +0, unless the two are one value.
        BigInt::from(magnitude) + u32::from(is_negative && zeros == Zeros::Distinct)
    } else {
        let value = dtype.to_f64(bits).abs();
        let bits = value.to_bits();
        let (mantissa, exponent) = match bits >> 52 {
            0 => (bits, -1074),
            biased => (bits & ((1 << 52) - 1) | 1 << 52, biased as i32 - 1075),
        };
        let shift = exponent - least_exponent(dtype);
        match u32::try_from(shift) {
            Ok(shift) => BigInt::from(mantissa) << shift,
            // The bits that are shifted out are zeros: the value is a whole number of units.
            Err(_) => BigInt::from(mantissa) >> shift.unsigned_abs(),
        }
    };
    Some(if is_negative { -magnitude } else { magnitude })
}

#[cfg(test)]
mod tests;
