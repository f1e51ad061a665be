//! Reads a safetensors file: names to tensors, each a view of the file's own bytes.
//!
//! Answers and tests call it with a whole file in memory. The file is untrusted: every length is checked before it is
//! used, nothing is allocated beyond what the header lists, and any fault is an [`Error`] with its position. The
//! names are those of the `safetensors` crate, which the tests compare it with. It does not write files, and knows
//! nothing about models.
//!
//! # The format
//! ```text
//! 8 bytes     N, the length of the header, little-endian
//! N bytes     the header: a JSON object, perhaps with spaces after it
//!             {"name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, .., "__metadata__": {"key": "text"}}
//! the rest    the data; offsets count from here, and the tensors fill it without a hole or an overlap
//! ```

mod error;
mod header;

pub use error::Error;

use ndarray::ArrayD;

use crate::dtype::DType;
use crate::tensor::Tensor;
use header::Info;

/// The size of the header's length at the start of the file.
const LENGTH: usize = 8;

/// The maximum length of a header.
const MAX_HEADER_SIZE: u64 = 100_000_000;

/// The names of the element types in a header, with the size of one element in bits.
const DTYPES: &[(Dtype, &str, usize)] = &[
    (Dtype::BOOL, "BOOL", 8),
    (Dtype::F4, "F4", 4),
    (Dtype::F6_E2M3, "F6_E2M3", 6),
    (Dtype::F6_E3M2, "F6_E3M2", 6),
    (Dtype::U8, "U8", 8),
    (Dtype::I8, "I8", 8),
    (Dtype::F8_E5M2, "F8_E5M2", 8),
    (Dtype::F8_E4M3, "F8_E4M3", 8),
    (Dtype::F8_E8M0, "F8_E8M0", 8),
    (Dtype::F8_E4M3FNUZ, "F8_E4M3FNUZ", 8),
    (Dtype::F8_E5M2FNUZ, "F8_E5M2FNUZ", 8),
    (Dtype::I16, "I16", 16),
    (Dtype::U16, "U16", 16),
    (Dtype::F16, "F16", 16),
    (Dtype::BF16, "BF16", 16),
    (Dtype::I32, "I32", 32),
    (Dtype::U32, "U32", 32),
    (Dtype::F32, "F32", 32),
    (Dtype::F64, "F64", 64),
    (Dtype::I64, "I64", 64),
    (Dtype::U64, "U64", 64),
    (Dtype::C64, "C64", 64),
];

/// The type of a tensor's elements, by its name in the header.
#[expect(non_camel_case_types, reason = "the names are the format's")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Dtype {
    /// A byte, 0 or 1.
    BOOL,
    /// A 4-bit float, two in a byte.
    F4,
    /// A 6-bit float, 2 of them for the exponent.
    F6_E2M3,
    /// A 6-bit float, 3 of them for the exponent.
    F6_E3M2,
    /// Unsigned, 8 bits.
    U8,
    /// Signed, 8 bits.
    I8,
    /// An 8-bit float, 5 of them for the exponent.
    F8_E5M2,
    /// An 8-bit float, 4 of them for the exponent.
    F8_E4M3,
    /// A power of two, 8 bits.
    F8_E8M0,
    /// As `F8_E4M3`, without infinities and −0.
    F8_E4M3FNUZ,
    /// As `F8_E5M2`, without infinities and −0.
    F8_E5M2FNUZ,
    /// Signed, 16 bits.
    I16,
    /// Unsigned, 16 bits.
    U16,
    /// A 16-bit IEEE float.
    F16,
    /// A 16-bit float: the top half of an `F32`.
    BF16,
    /// Signed, 32 bits.
    I32,
    /// Unsigned, 32 bits.
    U32,
    /// A 32-bit float.
    F32,
    /// A 64-bit float.
    F64,
    /// Signed, 64 bits.
    I64,
    /// Unsigned, 64 bits.
    U64,
    /// A complex number of two `F32`.
    C64,
}

impl Dtype {
    fn parse(name: &str) -> Option<Self> {
        let found = DTYPES.iter().find(|(_, known, _)| *known == name);
        found.map(|(dtype, _, _)| *dtype)
    }

    /// Its name in the header.
    pub fn name(self) -> &'static str {
        // The table has every type; a test checks this.
        self.row().map_or("", |(_, name, _)| name)
    }

    /// The size of one element in bits.
    pub fn bitsize(self) -> usize {
        self.row().map_or(8, |(_, _, bits)| *bits)
    }

    /// The same type in a [`Tensor`], which supports no floats with fewer than 16 bits and no complex numbers.
    fn of_tensor(self) -> Option<DType> {
        Some(match self {
            Self::BOOL => DType::Bool,
            Self::U8 => DType::U8,
            Self::I8 => DType::I8,
            Self::I16 => DType::I16,
            Self::U16 => DType::U16,
            Self::F16 => DType::F16,
            Self::BF16 => DType::BF16,
            Self::I32 => DType::I32,
            Self::U32 => DType::U32,
            Self::F32 => DType::F32,
            Self::F64 => DType::F64,
            Self::I64 => DType::I64,
            Self::U64 => DType::U64,
            _ => return None,
        })
    }

    fn row(self) -> Option<&'static (Self, &'static str, usize)> {
        DTYPES.iter().find(|(dtype, _, _)| *dtype == self)
    }
}

/// One tensor: its type, its shape, and its bytes as a slice of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TensorView<'a> {
    name: String,
    dtype: Dtype,
    shape: Vec<usize>,
    data: &'a [u8],
}

impl<'a> TensorView<'a> {
    /// The type of the elements.
    pub fn dtype(&self) -> Dtype {
        self.dtype
    }

    /// Sizes, outermost first; empty for a single number.
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// The elements, little-endian and row-major.
    pub fn data(&self) -> &'a [u8] {
        self.data
    }

    /// The elements as a tensor of the same type.
    ///
    /// # Errors
    /// If no [`Tensor`] can have that type or that shape.
    pub fn to_tensor(&self) -> Result<Tensor, Error> {
        let name = || self.name.clone();
        let dtype = self.dtype.of_tensor().ok_or_else(|| Error::NoTensorOf {
            name: name(),
            found: self.dtype,
        })?;
        // A shape with a zero in it may still be too large for an array.
        Tensor::from_le_bytes(dtype, &self.shape, self.data).ok_or_else(|| Error::TooLarge {
            name: name(),
            shape: self.shape.clone(),
        })
    }

    /// The elements as floats: `F32` unchanged, `F16` and `BF16` widened exactly.
    ///
    /// # Errors
    /// If they have a different type.
    pub fn to_f32(&self) -> Result<ArrayD<f32>, Error> {
        let other = |_| Error::NotFloats {
            name: self.name.clone(),
            found: self.dtype,
        };
        if !matches!(self.dtype, Dtype::F32 | Dtype::F16 | Dtype::BF16) {
            return Err(other(()));
        }
        let floats = self.to_tensor()?.to_f32();
        floats.and_then(ArrayD::try_from).map_err(|_| other(()))
    }
}

/// The tensors of a file.
///
/// ```
/// use nnx::safetensors::SafeTensors;
///
/// let header = br#"{"b":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}}"#;
/// let mut file = (header.len() as u64).to_le_bytes().to_vec();
/// file.extend(header);
/// file.extend([0x80, 0x3f, 0x00, 0xc0]);
///
/// let tensors = SafeTensors::deserialize(&file)?;
/// assert_eq!(tensors.names(), ["b"]);
/// let b = tensors.tensor("b")?.to_f32()?;
/// assert_eq!(b, ndarray::array![1.0, -2.0].into_dyn());
/// # Ok::<(), nnx::safetensors::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SafeTensors<'a> {
    /// In the order of their data.
    tensors: Vec<Entry<'a>>,
}

/// A name, and its tensor or why it cannot be read.
type Entry<'a> = (String, Result<TensorView<'a>, Error>);

impl<'a> SafeTensors<'a> {
    /// Reads a whole file.
    ///
    /// # Errors
    /// If it is not a safetensors file, with the position and what was expected and found there.
    pub fn deserialize(buffer: &'a [u8]) -> Result<Self, Error> {
        let Some((length, rest)) = buffer.split_first_chunk::<LENGTH>() else {
            return Err(Error::NoLength {
                found: buffer.len(),
            });
        };
        let length = u64::from_le_bytes(*length);
        if length > MAX_HEADER_SIZE {
            return Err(Error::HeaderTooLarge { length });
        }
        let header = usize::try_from(length).ok();
        let parts = header.and_then(|length| rest.split_at_checked(length));
        let Some((header, data)) = parts else {
            return Err(Error::HeaderCut {
                length,
                found: rest.len(),
            });
        };
        let mut infos = header::read(header)?;
        infos.sort_by_key(|info| (info.begin, info.end));
        let mut tensors = Vec::with_capacity(infos.len());
        let mut filled = 0;
        for info in infos {
            let bytes = checked(&info, filled, data)?;
            filled += bytes.len();
            let name = info.name;
            let tensor = match info.dtype {
                Ok(dtype) => Ok(TensorView {
                    name: name.clone(),
                    dtype,
                    shape: info.shape,
                    data: bytes,
                }),
                Err(found) => Err(Error::Dtype {
                    name: name.clone(),
                    found,
                }),
            };
            tensors.push((name, tensor));
        }
        if filled != data.len() {
            return Err(Error::DataLeft {
                at: buffer.len() - data.len() + filled,
                expected: filled,
                found: data.len(),
            });
        }
        Ok(Self { tensors })
    }

    /// The names, in the order of the data.
    pub fn names(&self) -> Vec<&str> {
        self.tensors.iter().map(|(name, _)| name.as_str()).collect()
    }

    /// The tensor with this name.
    ///
    /// # Errors
    /// If there is none, or its element type is not known.
    pub fn tensor(&self, name: &str) -> Result<TensorView<'a>, Error> {
        match self.tensors.iter().find(|(known, _)| known == name) {
            Some((_, tensor)) => tensor.clone(),
            None => Err(Error::NoTensor {
                name: name.to_owned(),
                known: self.names().into_iter().map(str::to_owned).collect(),
            }),
        }
    }

    /// Each name with its tensor, or with the error that its element type is not known; in the order of the data.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Result<&TensorView<'a>, Error>)> {
        self.tensors
            .iter()
            .map(|(name, tensor)| (name.as_str(), tensor.as_ref().map_err(Error::clone)))
    }

    /// How many tensors there are.
    pub fn len(&self) -> usize {
        self.tensors.len()
    }

    /// Whether there are no tensors.
    pub fn is_empty(&self) -> bool {
        self.tensors.is_empty()
    }
}

/// The bytes of a tensor, which must begin where the one before it ended.
fn checked<'a>(info: &Info, filled: usize, data: &'a [u8]) -> Result<&'a [u8], Error> {
    if info.begin != filled {
        return Err(Error::Place {
            at: info.at,
            name: info.name.clone(),
            expected: filled,
            found: info.begin,
        });
    }
    if let Ok(dtype) = info.dtype {
        check_size(info, dtype)?;
    }
    data.get(info.begin..info.end)
        .ok_or_else(|| Error::DataCut {
            name: info.name.clone(),
            expected: info.end,
            found: data.len(),
        })
}

fn check_size(info: &Info, dtype: Dtype) -> Result<(), Error> {
    let product = |total: usize, size: &usize| total.checked_mul(*size);
    let Some(bits) = info.shape.iter().try_fold(dtype.bitsize(), product) else {
        return Err(Error::TooLarge {
            name: info.name.clone(),
            shape: info.shape.clone(),
        });
    };
    let expected = bits.div_ceil(8);
    let found = info.end.checked_sub(info.begin);
    if !bits.is_multiple_of(8) || found != Some(expected) {
        return Err(Error::Size {
            at: info.at,
            name: info.name.clone(),
            dtype,
            shape: info.shape.clone(),
            expected,
            found: [info.begin, info.end],
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{DTYPES, Dtype};

    #[test]
    fn every_type_has_its_row() {
        for (index, (dtype, name, bits)) in DTYPES.iter().enumerate() {
            // The table is in the order of the enum, so a type without a row would shift the ones after it.
            assert_eq!(*dtype as usize, index);
            assert_eq!(Dtype::parse(name), Some(*dtype));
            assert_eq!((dtype.name(), dtype.bitsize()), (*name, *bits));
        }
        assert_eq!(DTYPES.len(), Dtype::C64 as usize + 1);
    }
}
