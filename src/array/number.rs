//! The meaning of one element's bits: NaN, zero, infinity, sign, value.
//!
//! `compare` calls these for every element, and `diagnose` for suspicious ones. Only the layouts of the three float
//! formats are known here; text is in `text`, and distances are in `ulp`.

use super::Dtype;

impl Dtype {
    /// Returns the number of stored fraction bits of a float; `None` for other dtypes.
    pub fn fraction_bits(self) -> Option<u32> {
        match self {
            Self::F32 => Some(23),
            Self::F64 => Some(52),
            Self::Bf16 => Some(7),
            _ => None,
        }
    }

    /// Returns the sign bit of a float, or zero for other dtypes.
    pub(super) fn sign_bit(self) -> u64 {
        if self.is_float() {
            1 << (8 * self.size() - 1)
        } else {
            0
        }
    }

    /// Returns the bits of +infinity; `None` for a dtype without one.
    pub(super) fn infinity(self) -> Option<u64> {
        let fraction = self.fraction_bits()?;
        Some((self.sign_bit() - 1) >> fraction << fraction)
    }

    /// Returns the bits of the quiet NaN that `.nan` stands for; `None` for a dtype without one.
    #[must_use]
    pub fn quiet_nan(self) -> Option<u64> {
        Some(self.infinity()? | 1 << (self.fraction_bits()? - 1))
    }

    /// Returns whether the bits are a NaN, of any sign and payload.
    #[must_use]
    pub fn is_nan(self, bits: u64) -> bool {
        self.infinity()
            .is_some_and(|infinity| bits & !self.sign_bit() > infinity)
    }

    /// Returns whether the bits are an infinity of either sign.
    #[must_use]
    pub fn is_infinite(self, bits: u64) -> bool {
        self.infinity() == Some(bits & !self.sign_bit())
    }

    /// Returns whether the bits are zero, of either sign.
    #[must_use]
    pub fn is_zero(self, bits: u64) -> bool {
        bits & !self.sign_bit() == 0
    }

    /// Returns whether the sign is negative, which includes −0 and a NaN with the sign bit set.
    #[must_use]
    pub fn is_negative(self, bits: u64) -> bool {
        match self {
            Self::I32 => bits & (1 << 31) != 0,
            Self::I64 => bits & (1 << 63) != 0,
            _ => bits & self.sign_bit() != 0,
        }
    }

    /// Returns the value as an `f64`: exact for every float, `i32`, `u32` and below; rounded for big 64-bit integers.
    #[must_use]
    pub fn to_f64(self, bits: u64) -> f64 {
        match self {
            Self::F32 => f32::from_bits(low_32(bits)).into(),
            Self::F64 => f64::from_bits(bits),
            Self::Bf16 => f32::from_bits(low_32(bits) << 16).into(),
            _ => self.to_integer(bits).map_or(f64::NAN, |whole| whole as f64),
        }
    }

    /// Returns the value of a whole number or a bool exactly; `None` for floats.
    #[must_use]
    pub fn to_integer(self, bits: u64) -> Option<i128> {
        match self {
            Self::F32 | Self::F64 | Self::Bf16 => None,
            Self::I32 => Some(low_32(bits).cast_signed().into()),
            Self::I64 => Some(bits.cast_signed().into()),
            Self::U8 | Self::U16 | Self::U32 | Self::U64 | Self::Bool => Some(bits.into()),
        }
    }

    /// Returns the bits of a whole number; `None` when it does not fit or the dtype is a float.
    #[must_use]
    pub fn from_integer(self, whole: i128) -> Option<u64> {
        let (least, greatest) = self.range()?;
        let fits = (least..=greatest).contains(&whole);
        fits.then_some(whole as u64 & (u64::MAX >> (64 - 8 * self.size())))
    }
}

fn low_32(bits: u64) -> u32 {
    (bits & u64::from(u32::MAX)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_values_have_their_published_bits() {
        assert_eq!(Dtype::F32.infinity(), Some(0x7f80_0000));
        assert_eq!(Dtype::F64.infinity(), Some(0x7ff0_0000_0000_0000));
        assert_eq!(Dtype::Bf16.infinity(), Some(0x7f80));
        assert_eq!(Dtype::F32.quiet_nan(), Some(0x7fc0_0000));
        assert_eq!(Dtype::Bf16.quiet_nan(), Some(0x7fc0));
        assert_eq!(Dtype::U8.quiet_nan(), None);
    }

    #[test]
    fn f32_agrees_with_rust_on_the_questions() {
        for bits in [
            0_u32,
            1 << 31,
            1,
            0x3f80_0000,
            0x7f80_0000,
            0xff80_0000,
            0x7f80_0001,
            0xffff_ffff,
        ] {
            let value = f32::from_bits(bits);
            let bits = u64::from(bits);
            assert_eq!(Dtype::F32.is_nan(bits), value.is_nan());
            assert_eq!(Dtype::F32.is_infinite(bits), value.is_infinite());
            assert_eq!(Dtype::F32.is_zero(bits), value == 0.0);
            assert_eq!(Dtype::F32.is_negative(bits), value.is_sign_negative());
        }
    }

    #[test]
    fn whole_numbers_keep_their_value() {
        for dtype in Dtype::ALL {
            let Some((least, greatest)) = dtype.range() else {
                continue;
            };
            for whole in [least, greatest] {
                let bits = dtype.from_integer(whole).unwrap();
                assert_eq!(dtype.to_integer(bits), Some(whole), "{dtype}");
            }
            assert_eq!(dtype.from_integer(least - 1), None);
            assert_eq!(dtype.from_integer(greatest + 1), None);
        }
        assert_eq!(Dtype::I32.to_f64(0xffff_ffff), -1.0);
        assert!(!Dtype::U64.is_nan(u64::MAX) && !Dtype::I64.is_infinite(0x7ff0_0000_0000_0000));
    }
}
