//! Arithmetic on bits: what a program would have computed in the output's dtype, rounded once.
//!
//! Floats go through `f64`. One sum, difference, product or quotient of two `f32` or `bf16` in `f64`, rounded back,
//! has the bits of the operation in that dtype: `f64` has more than twice as many bits plus two. Integers are exact.

use crate::array::Dtype;

/// Rounds to the nearest element, ties to even; `None` for a dtype that is not a float.
pub(crate) fn round(dtype: Dtype, value: f64) -> Option<u64> {
    match dtype {
        Dtype::F32 => Some(u64::from((value as f32).to_bits())),
        Dtype::F64 => Some(value.to_bits()),
        Dtype::Bf16 => Some(u64::from((bf16(value) as f32).to_bits() >> 16)),
        _ => None,
    }
}

/// Changes the sign; `None` if the dtype cannot represent the result.
pub(crate) fn negate(dtype: Dtype, a: u64) -> Option<u64> {
    match dtype.to_integer(a) {
        Some(whole) => dtype.from_integer(-whole),
        None => round(dtype, -dtype.to_f64(a)),
    }
}

/// Removes the sign.
pub(crate) fn absolute(dtype: Dtype, a: u64) -> Option<u64> {
    match dtype.is_negative(a) {
        true => negate(dtype, a),
        false => Some(a),
    }
}

/// Multiplies by a number of a different dtype.
pub(crate) fn scale(dtype: Dtype, a: u64, factor: f64) -> Option<u64> {
    match dtype.to_integer(a) {
        Some(_) if dtype == Dtype::Bool => None,
        Some(whole) => {
            let product = whole as f64 * factor;
            let exact = product.fract() == 0.0 && product.abs() < 9e15;
            exact.then(|| dtype.from_integer(product as i128)).flatten()
        }
        None => round(dtype, dtype.to_f64(a) * factor),
    }
}

/// Rounds to a value that `bf16` holds.
pub(crate) fn bf16(value: f64) -> f64 {
    narrow(value, 7, -126, 3.389_531_389_251_535_5e38)
}

/// Rounds to a value that IEEE half precision holds.
pub(super) fn f16(value: f64) -> f64 {
    narrow(value, 10, -14, 65504.0)
}

/// Rounds to a float format with this number of fraction bits, ties to even; an overflow gives infinity.
fn narrow(value: f64, fraction: i32, least_exponent: i32, greatest: f64) -> f64 {
    if !value.is_finite() || value == 0.0 {
        return value;
    }
    let stored = (value.to_bits() >> 52 & 0x7ff) as i32;
    let exponent = (stored - 1023).max(least_exponent);
    let gap = 2.0_f64.powi(exponent - fraction);
    let rounded = (value / gap).round_ties_even() * gap;
    if rounded.abs() > greatest {
        f64::INFINITY.copysign(value)
    } else {
        rounded
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn narrow_floats_are_rounded_to_even() {
        for (value, expected) in [
            (1.0 + 1.0 / 256.0, 1.0),
            (1.0 + 3.0 / 256.0, 1.0 + 4.0 / 256.0),
            (3.4e38, f64::INFINITY),
            (-0.0, -0.0),
        ] {
            assert_eq!(bf16(value).to_bits(), f64::to_bits(expected), "{value}");
        }
        for (value, expected) in [
            (2049.0, 2048.0),
            (2051.0, 2052.0),
            (65519.0, 65504.0),
            (65520.0, f64::INFINITY),
            // The smallest subnormal f16 is 2^-24; half of it rounds to zero, which is even.
            (2.0_f64.powi(-25), 0.0),
            (3.0 * 2.0_f64.powi(-25), 2.0_f64.powi(-23)),
        ] {
            assert_eq!(f16(value), expected, "{value}");
        }
    }

    #[test]
    fn integers_do_not_wrap() {
        assert_eq!(negate(Dtype::U8, 1), None);
        assert_eq!(negate(Dtype::I32, 1), Some(0xffff_ffff));
        assert_eq!(scale(Dtype::I64, 3, 0.5), None);
        assert_eq!(scale(Dtype::I64, 4, 0.5), Some(2));
    }

    proptest! {
        #[test]
        fn f32_is_what_rust_computes(a in any::<f32>(), b in any::<f32>()) {
            let bits = |value: f32| u64::from(value.to_bits());
            let (wide_a, wide_b) = (f64::from(a), f64::from(b));
            for (ours, rust) in [
                (round(Dtype::F32, wide_a + wide_b), a + b),
                (round(Dtype::F32, wide_a / wide_b), a / b),
                (scale(Dtype::F32, bits(a), wide_b), a * b),
            ] {
                prop_assert!(rust.is_nan() || ours == Some(bits(rust)));
            }
        }
    }
}
