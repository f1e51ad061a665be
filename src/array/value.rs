//! A value: what a kata's function takes or returns.
//!
//! Specs are parsed into values, tracks send them over the wire, and `compare` compares two of them.

use super::{Array, Dtype};

/// An input or output of a kata.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    Array(Array),
    Scalar(Scalar),
    Bytes(Vec<u8>),
    Str(String),
}

/// A single number; a `usize` is a `u64` here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Scalar {
    pub dtype: Dtype,
    pub bits: u64,
}

impl Value {
    /// Names the kind of value, as messages say it.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Array(_) => "an array",
            Self::Scalar(_) => "a number",
            Self::Bytes(_) => "bytes",
            Self::Str(_) => "text",
        }
    }

    /// Whether no element of an array is NaN or infinite. These absorb changes, so an output that has them and does not
    /// change proves nothing.
    #[must_use]
    pub fn is_finite(&self) -> bool {
        let Self::Array(array) = self else {
            return true;
        };
        let dtype = array.dtype();
        !array
            .iter()
            .any(|bits| dtype.is_nan(bits) || dtype.is_infinite(bits))
    }
}

impl Scalar {
    /// Returns the number as an array without dimensions.
    #[must_use]
    pub fn to_array(self) -> Array {
        Array::from_bits(self.dtype, Vec::new(), &[self.bits])
            .expect("no dimensions hold one element")
    }
}
