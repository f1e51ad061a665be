//! The two 16-bit floats of checkpoints: bfloat16 and IEEE's float16.
//!
//! Tensors store them, but nothing computes with them: widening to f32 is exact, and all arithmetic is in f32.
//! Rounding is to the nearest value, ties to even, as XLA and PyTorch convert.

use std::fmt;

/// A bfloat16: the upper half of an f32, with 8 significant bits.
#[derive(Clone, Copy, Default)]
pub struct Bf16(u16);

/// An IEEE 754 binary16: 11 significant bits, at most 65504.
#[derive(Clone, Copy, Default)]
pub struct F16(u16);

impl Bf16 {
    /// The nearest bfloat16. A NaN becomes a quiet NaN.
    pub fn from_f32(value: f32) -> Self {
        let bits = value.to_bits();
        if value.is_nan() {
            return Self((bits >> 16) as u16 | 0x0040);
        }
        let to_even = 0x7fff + (bits >> 16 & 1);
        Self(((bits + to_even) >> 16) as u16)
    }

    /// The same value as an f32.
    pub const fn to_f32(self) -> f32 {
        f32::from_bits((self.0 as u32) << 16)
    }
}

impl F16 {
    /// The nearest float16; infinity for 65520 and above. A NaN becomes a quiet NaN.
    pub fn from_f32(value: f32) -> Self {
        let (bits, size) = (value.to_bits(), value.abs());
        let sign = (bits >> 16) as u16 & 0x8000;
        let magnitude = if value.is_nan() {
            0x7e00 | (bits >> 13) as u16 & 0x03ff
        } else if size >= 65_520.0 {
            0x7c00
        } else if size < LEAST_NORMAL {
            (size * STEPS).round_ties_even() as u16
        } else {
            let to_even = 0x0fff + (size.to_bits() >> 13 & 1);
            (((size.to_bits() + to_even) >> 13) - (EXPONENTS << 10)) as u16
        };
        Self(sign | magnitude)
    }

    /// The same value as an f32.
    pub fn to_f32(self) -> f32 {
        let (sign, magnitude) = (u32::from(self.0 & 0x8000) << 16, u32::from(self.0 & 0x7fff));
        let size = match magnitude {
            0..0x0400 => magnitude as f32 / STEPS,
            0x0400..0x7c00 => f32::from_bits((magnitude + (EXPONENTS << 10)) << 13),
            _ => f32::from_bits(0x7f80_0000 | (magnitude & 0x03ff) << 13),
        };
        f32::from_bits(sign | size.to_bits())
    }
}

/// 2⁻¹⁴. Below it, the values of a float16 are 2⁻²⁴ apart.
const LEAST_NORMAL: f32 = 6.103_515_6e-5;
const STEPS: f32 = 16_777_216.0;

/// The difference between the exponent biases of f32 and float16.
const EXPONENTS: u32 = 127 - 15;

macro_rules! common {
    ($($half:ident)*) => {$(
        impl $half {
            /// The value with these bits.
            pub const fn from_bits(bits: u16) -> Self {
                Self(bits)
            }

            /// Its bits.
            pub const fn to_bits(self) -> u16 {
                self.0
            }
        }

        impl PartialEq for $half {
            /// Compares as floats do: −0 equals 0, and a NaN does not equal itself.
            fn eq(&self, other: &Self) -> bool {
                self.to_f32() == other.to_f32()
            }
        }

        impl fmt::Display for $half {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.to_f32().fmt(f)
            }
        }

        impl fmt::Debug for $half {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.to_f32(), f)
            }
        }
    )*};
}

common! { Bf16 F16 }
