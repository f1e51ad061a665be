//! A decimal number's nearest `bf16`, rounded once.
//!
//! Going through `f32` or `f64` rounds twice, and rounding twice can miss the nearest number: 1.00390625000000000001
//! is just above the midpoint of two `bf16`, but as an `f64` it is the midpoint itself. Rounding to `f64` never
//! crosses a midpoint, because every midpoint is an `f64`; so the digits themselves matter only when the `f64` is a
//! midpoint.

use std::cmp::Ordering;

/// Returns the bits of the `bf16` nearest to a decimal number, ties to even; those of infinity if it is too large.
///
/// `text` must be a decimal number that `f64::from_str` accepts, without names such as `inf`.
pub(super) fn nearest_bf16(text: &str) -> Option<u64> {
    let (sign, magnitude) = match text.strip_prefix('-') {
        Some(rest) => (0x8000, rest),
        None => (0, text.strip_prefix('+').unwrap_or(text)),
    };
    let value: f64 = magnitude.parse().ok()?;
    let below = truncate(value);
    let middle = f64::midpoint(widen(below), widen(below + 1));
    let order = match value.total_cmp(&middle) {
        Ordering::Equal => digits(magnitude).cmp(&digits(&format!("{middle:.200e}"))),
        order => order,
    };
    let round_up = match order {
        Ordering::Less => false,
        Ordering::Equal => below % 2 == 1,
        Ordering::Greater => true,
    };
    Some(sign | (below + u64::from(round_up)))
}

/// Returns the greatest finite `bf16` that is not above a non-negative value.
fn truncate(value: f64) -> u64 {
    let near = value as f32;
    let not_above = if f64::from(near) > value || near.is_infinite() {
        near.next_down()
    } else {
        near
    };
    u64::from(not_above.to_bits() >> 16)
}

/// Returns the value of a `bf16`; the bits after the largest one get the value they would have with a wider exponent.
fn widen(bits: u64) -> f64 {
    if bits == 0x7f80 {
        2.0_f64.powi(128)
    } else {
        super::Dtype::Bf16.to_f64(bits)
    }
}

/// Converts a non-negative decimal to a form that sorts like the number: the power of ten before the first digit that
/// is not zero, then the digits without zeros around them.
fn digits(text: &str) -> (i64, Vec<u8>) {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
    let Some(first) = all.iter().position(|digit| *digit != b'0') else {
        return (i64::MIN, Vec::new());
    };
    let last = all
        .iter()
        .rposition(|digit| *digit != b'0')
        .unwrap_or(first);
    let exponent: i64 = exponent.parse().unwrap_or(0);
    let power = exponent.saturating_add(whole.len() as i64 - first as i64);
    (power, all[first..=last].to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: u64) {
        assert_eq!(nearest_bf16(text), Some(expected), "{text}");
    }

    #[test]
    fn ties_go_to_even_and_a_trace_more_goes_up() {
        // Near one, bf16 steps by 1/128 = 0.0078125, so the first middle is 1 + 1/256 = 1.00390625.
        check("1", 0x3f80);
        check("1.00390625", 0x3f80);
        check("1.00390625000000000000000000000001", 0x3f81);
        check("1.00390624999999999999999999999999", 0x3f80);
        // The next middle, 1 + 3/256 = 1.01171875, is above an odd number.
        check("1.01171875", 0x3f82);
        check("1.01171874999999999999999999999999", 0x3f81);
        check("-1.0039062500000000000000000000000100", 0xbf81);
        check("100390625000000000000000000000001e-32", 0x3f81);
    }

    #[test]
    fn the_ends_are_right() {
        check("0", 0);
        check("-0.0", 0x8000);
        // The least subnormal is 2^-133; half of it is a tie with zero.
        check("9.183549615799121e-41", 1);
        check("4.5e-41", 0);
        check("4.6e-41", 1);
        // The greatest is (2 - 1/128) * 2^127 = 3.3895...e38; half a step more is 3.3961...e38.
        check("3.3895313892515355e38", 0x7f7f);
        check("3.396e38", 0x7f7f);
        check("3.397e38", 0x7f80);
        check("1e400", 0x7f80);
    }
}
