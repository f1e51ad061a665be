//! A few numbers that recognize outputs which may be rounded differently: random projections of all of them.
//!
//! Under a tolerance, two programs with the same mistakes give different bits. Their outputs are close, so each projection
//! of them is close too, while outputs that are not close have no reason to agree in four projections.

use super::hex::{decode, encode};
use crate::array::Dtype;
use crate::diagnose::mix::{GOLDEN, mix};

/// The number of projections.
const COUNT: usize = 4;

/// How far a projection of equal outputs may be off, relative to the size of a typical projection.
const TOLERANCE: f64 = 2e-5;

/// Projections of the outputs of several cases, divided by the square root of the number of values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sketch([f32; COUNT]);

// A sketch is never NaN.
impl Eq for Sketch {}

impl Sketch {
    /// The sketch of the outputs of several cases: the little-endian elements of each. Each case counts alike, whatever
    /// the size of its numbers.
    pub(super) fn new(dtype: Dtype, cases: &[&[u8]]) -> Self {
        let mut sums = [0.0; COUNT];
        let mut count = 0_u64;
        for case in cases {
            let values: Vec<f64> = case
                .chunks_exact(dtype.size())
                .map(|bytes| {
                    let mut bits = [0; 8];
                    bits[..bytes.len()].copy_from_slice(bytes);
                    dtype.to_f64(u64::from_le_bytes(bits))
                })
                .collect();
            let finite = values.iter().copied().filter(|value| value.is_finite());
            let largest = finite
                .map(f64::abs)
                .fold(0.0, f64::max)
                .max(f64::MIN_POSITIVE);
            for value in values {
                count += 1;
                let value = match value {
                    value if value.is_nan() => 2.0,
                    value if value.is_infinite() => 3.0 * value.signum(),
                    value => value / largest,
                };
                for (place, sum) in (0..).zip(&mut sums) {
                    *sum += weight(count * COUNT as u64 + place) * value;
                }
            }
        }
        let size = (count.max(1) as f64).sqrt();
        Self(sums.map(|sum| (sum / size) as f32))
    }

    /// Whether the outputs may be the same, but for rounding.
    pub(super) fn is_near(self, other: Self) -> bool {
        let mut both = self.0.iter().zip(other.0);
        both.all(|(one, other)| f64::from((one - other).abs()) <= TOLERANCE)
    }

    /// As hexadecimal digits.
    pub(super) fn text(self) -> String {
        let bytes: Vec<u8> = self
            .0
            .iter()
            .flat_map(|number| number.to_be_bytes())
            .collect();
        encode(&bytes)
    }

    /// Parses hexadecimal digits.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let bytes = decode(text)?;
        let (numbers, rest) = bytes.as_chunks::<4>();
        let numbers: [[u8; 4]; COUNT] = numbers.try_into().ok()?;
        let numbers = numbers.map(f32::from_be_bytes);
        let is_plain = rest.is_empty() && numbers.iter().all(|number| number.is_finite());
        is_plain.then_some(Self(numbers))
    }
}

/// A number between -1 and 1, the same for the same place, different for others.
fn weight(place: u64) -> f64 {
    let mixed = mix(place.wrapping_sub(1).wrapping_mul(GOLDEN));
    (mixed >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sketch(cases: &[&[f32]]) -> Sketch {
        let bytes: Vec<Vec<u8>> = cases
            .iter()
            .map(|case| {
                case.iter()
                    .flat_map(|number| number.to_le_bytes())
                    .collect()
            })
            .collect();
        let bytes: Vec<&[u8]> = bytes.iter().map(Vec::as_slice).collect();
        Sketch::new(Dtype::F32, &bytes)
    }

    #[test]
    fn rounding_is_forgiven_and_nothing_else() {
        let one = [1.5, -2.25, 3e-3, 100.0];
        let other = [7e-6, 2e-6, -5e-6];
        let base = sketch(&[&one, &other]);
        let up = |number: &f32| f32::from_bits(number.to_bits() + 3);
        assert!(base.is_near(sketch(&[&one.map(|n| up(&n)), &other.map(|n| up(&n))])));
        for wrong in [
            sketch(&[&other, &one]),
            sketch(&[&[-2.25, 1.5, 3e-3, 100.0], &other]),
            sketch(&[&one, &[7e-6, 2e-6, 5e-6]]),
            sketch(&[&one, &[7e-6, 2.001e-6, -5e-6]]),
            sketch(&[&[1.5, -2.25, f32::NAN, 100.0], &other]),
            sketch(&[&[1.5, f32::NEG_INFINITY, 3e-3, 100.0], &other]),
        ] {
            assert!(!base.is_near(wrong), "{wrong:?}");
        }
    }

    #[test]
    fn a_sketch_is_read_as_it_is_written() {
        for cases in [
            &[][..],
            &[&[0.0, -0.0][..]],
            &[&[1.0, f32::NAN, f32::INFINITY]],
        ] {
            let sketch = sketch(cases);
            assert_eq!(Sketch::parse(&sketch.text()), Some(sketch));
        }
        for other in [
            "",
            "00",
            &"7f800000".repeat(4),
            &"0".repeat(40),
            &"G".repeat(32),
        ] {
            assert_eq!(Sketch::parse(other), None, "{other}");
        }
    }
}
