//! Distance in ulps: the number of steps between two elements, each from one value to the next.
//!
//! `compare` judges by it and `ui` shows it. All floats of one format form a line, −∞ … −0 +0 … +∞, and a step leads
//! to the neighbor: −0 and +0 are two numbers, one step apart, and the greatest finite number is one step from ∞.
//! Integers form the same kind of line, so their distance is their difference. A NaN is not on the line.

use super::Dtype;

/// Counts the steps between two elements, at most `u64::MAX`; `None` when either is a NaN.
#[must_use]
pub fn steps(dtype: Dtype, a: u64, b: u64) -> Option<u64> {
    if dtype.is_nan(a) || dtype.is_nan(b) {
        return None;
    }
    Some(
        place(dtype, a)
            .abs_diff(place(dtype, b))
            .try_into()
            .unwrap_or(u64::MAX),
    )
}

/// Returns the step at a finite float: the gap to the next number away from zero, like NumPy's `spacing`.
///
/// `None` for a NaN, an infinity, or a dtype that is not a float. Zero has the least subnormal's gap.
#[must_use]
pub fn unit(dtype: Dtype, bits: u64) -> Option<f64> {
    let fraction = dtype.fraction_bits()?;
    let magnitude = bits & !dtype.sign_bit();
    if magnitude >= dtype.infinity()? {
        return None;
    }
    // Inside one binade the gap is that of its first number, and the first binade shares the subnormals' gap. There the
    // difference of two neighbors is exact, also at the top, where the neighbor above would be infinite.
    let first = magnitude >> fraction << fraction;
    Some(dtype.to_f64(first + 1) - dtype.to_f64(first))
}

/// Returns the position of an element on its line. The bits of negative floats run backwards, so they are reversed.
fn place(dtype: Dtype, bits: u64) -> i128 {
    if let Some(whole) = dtype.to_integer(bits) {
        return whole;
    }
    let magnitude = i128::from(bits & !dtype.sign_bit());
    if dtype.is_negative(bits) {
        -1 - magnitude
    } else {
        magnitude
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(dtype: Dtype, a: u64, b: u64, expected: Option<u64>) {
        assert_eq!(steps(dtype, a, b), expected, "{dtype} {a:x} {b:x}");
        assert_eq!(steps(dtype, b, a), expected, "{dtype} {b:x} {a:x}");
    }

    #[test]
    fn steps_are_counted() {
        check(Dtype::F32, 0x3f80_0000, 0x3f80_0000, Some(0));
        check(Dtype::F32, 0x3f80_0000, 0x3f80_0003, Some(3));
        check(Dtype::F32, 0x0000_0000, 0x8000_0000, Some(1));
        // The least positive, +0, −0, the least negative: three steps.
        check(Dtype::F32, 0x0000_0001, 0x8000_0001, Some(3));
        check(Dtype::F32, 0x7f7f_ffff, 0x7f80_0000, Some(1));
        check(Dtype::F32, 0x7fc0_0000, 0x7fc0_0000, None);
        check(Dtype::F32, 0x7f80_0001, 0x3f80_0000, None);
        check(Dtype::Bf16, 0x3f80, 0x3f81, Some(1));
        check(
            Dtype::F64,
            0x7ff0_0000_0000_0000,
            0xfff0_0000_0000_0000,
            Some(0xffe0_0000_0000_0001),
        );
        check(Dtype::U8, 3, 250, Some(247));
        check(Dtype::I32, 0xffff_ffff, 1, Some(2));
        check(
            Dtype::I64,
            i64::MIN.cast_unsigned(),
            i64::MAX.cast_unsigned(),
            Some(u64::MAX),
        );
        check(Dtype::Bool, 0, 1, Some(1));
    }

    #[test]
    fn the_unit_is_the_gap_above() {
        for (value, gap) in [
            (1.0_f32, f32::EPSILON),
            (-1.5, f32::EPSILON),
            (2.0, 2.0 * f32::EPSILON),
            (0.0, f32::from_bits(1)),
            (f32::MIN_POSITIVE, f32::from_bits(1)),
            (f32::MAX, f32::MAX - f32::MAX.next_down()),
        ] {
            let bits = u64::from(value.to_bits());
            assert_eq!(unit(Dtype::F32, bits), Some(f64::from(gap)), "{value}");
        }
        assert_eq!(unit(Dtype::F64, 1.0_f64.to_bits()), Some(f64::EPSILON));
        assert_eq!(unit(Dtype::Bf16, 0x3f80), Some(1.0 / 128.0));
        assert_eq!(unit(Dtype::F32, 0x7f80_0000), None);
        assert_eq!(unit(Dtype::I32, 1), None);
    }

    proptest! {
        #[test]
        fn distance_is_symmetric_and_grows_with_the_value(mut line in prop::array::uniform3(any::<f64>())) {
            line.sort_by(f64::total_cmp);
            let [low, middle, high] = line.map(f64::to_bits);
            let distance = |a, b| steps(Dtype::F64, a, b);
            prop_assert_eq!(distance(low, high), distance(high, low));
            if let (Some(whole), Some(left), Some(right)) = (distance(low, high), distance(low, middle), distance(middle, high)) {
                prop_assert_eq!(whole, left + right);
            }
        }

        #[test]
        fn one_step_up_is_one_step(value in any::<f32>()) {
            prop_assume!(!value.is_nan() && value != f32::INFINITY && value != 0.0 && value.next_up() != 0.0);
            prop_assert_eq!(steps(Dtype::F32, value.to_bits().into(), value.next_up().to_bits().into()), Some(1));
        }
    }
}
