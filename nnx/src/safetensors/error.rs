//! Errors in a safetensors file: the byte or the tensor, what was expected and what was found.

use std::fmt;

use super::{Dtype, MAX_HEADER_SIZE};
use crate::error::tuple;

/// A file that is not a valid safetensors file, or a tensor that it does not contain.
///
/// `at` counts bytes from the beginning of the file.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The file is shorter than the number it begins with.
    NoLength {
        /// The file's bytes.
        found: usize,
    },
    /// The given length of the header exceeds the limit.
    HeaderTooLarge {
        /// The length that the file gives.
        length: u64,
    },
    /// The file ends within the header.
    HeaderCut {
        /// The length that the file gives.
        length: u64,
        /// The bytes after the length.
        found: usize,
    },
    /// The header is not UTF-8.
    NotUtf8 {
        /// The first byte that is not.
        at: usize,
    },
    /// The header is not the JSON that the format requires.
    Json {
        /// Where.
        at: usize,
        /// What is expected there.
        expected: &'static str,
        /// The next characters; none at the end of the header.
        found: String,
    },
    /// A name or a key is given twice.
    Twice {
        /// Where the second one begins.
        at: usize,
        /// The name.
        name: String,
    },
    /// A tensor has an unknown key.
    Key {
        /// Where it begins.
        at: usize,
        /// The key.
        found: String,
    },
    /// A tensor lacks a key.
    NoKey {
        /// Where the tensor's object begins.
        at: usize,
        /// The tensor.
        name: String,
        /// The key.
        key: &'static str,
    },
    /// A tensor has an element type that is not known. The other tensors of the file can be read.
    Dtype {
        /// The tensor.
        name: String,
        /// The type's name.
        found: String,
    },
    /// `data_offsets` does not have exactly two numbers.
    Offsets {
        /// Where the tensor's entry begins.
        at: usize,
        /// The tensor.
        name: String,
        /// How many numbers there are.
        found: usize,
    },
    /// A tensor's data does not begin where the data of the previous tensor ends.
    Place {
        /// Where the tensor's entry begins.
        at: usize,
        /// The tensor.
        name: String,
        /// The offset at which it has to begin.
        expected: usize,
        /// The offset at which it begins.
        found: usize,
    },
    /// A tensor's offsets do not match its type and shape.
    Size {
        /// Where the tensor's entry begins.
        at: usize,
        /// The tensor.
        name: String,
        /// Its type.
        dtype: Dtype,
        /// Its shape.
        shape: Vec<usize>,
        /// The size in bytes of this type and shape.
        expected: usize,
        /// The offsets.
        found: [usize; 2],
    },
    /// A tensor has more elements than fit in memory.
    TooLarge {
        /// The tensor.
        name: String,
        /// Its shape.
        shape: Vec<usize>,
    },
    /// The file ends within a tensor's data.
    DataCut {
        /// The tensor.
        name: String,
        /// The expected number of bytes of data.
        expected: usize,
        /// The number of bytes of data in the file.
        found: usize,
    },
    /// There is data after the last tensor.
    DataLeft {
        /// Where it begins.
        at: usize,
        /// The bytes of data that the tensors have.
        expected: usize,
        /// The number of bytes of data in the file.
        found: usize,
    },
    /// There is no tensor with this name.
    NoTensor {
        /// The name.
        name: String,
        /// The existing names.
        known: Vec<String>,
    },
    /// No [`Tensor`](crate::Tensor) has elements of this type.
    NoTensorOf {
        /// The tensor.
        name: String,
        /// Its type.
        found: Dtype,
    },
    /// A tensor's elements are not floats that can be read as `f32`.
    NotFloats {
        /// The tensor.
        name: String,
        /// Its type.
        found: Dtype,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "safetensors: ")?;
        match self {
            Self::NoLength { found } => {
                write!(
                    f,
                    "expected 8 bytes with the header's length, found {found}"
                )
            }
            Self::HeaderTooLarge { length } => write!(
                f,
                "byte 0: expected a header of at most {MAX_HEADER_SIZE} bytes, found a length of {length}"
            ),
            Self::HeaderCut { length, found } => write!(
                f,
                "byte 8: expected a header of {length} bytes, found {found} to the end of the file"
            ),
            Self::NotUtf8 { at } => write!(f, "byte {at}: expected a header in UTF-8"),
            Self::Json {
                at,
                expected,
                found,
            } if found.is_empty() => {
                write!(f, "byte {at}: expected {expected}, found the header's end")
            }
            Self::Json {
                at,
                expected,
                found,
            } => write!(f, "byte {at}: expected {expected}, found {found:?}"),
            Self::Twice { at, name } => write!(f, "byte {at}: {name:?} is given twice"),
            Self::Key { at, found } => write!(
                f,
                "byte {at}: expected \"dtype\", \"shape\" or \"data_offsets\", found {found:?}"
            ),
            Self::NoKey { at, name, key } => write!(f, "byte {at}: {name}: there is no {key:?}"),
            Self::Dtype { name, found } => write!(f, "{name}: dtype {found:?} is not known"),
            Self::Offsets { at, name, found } => write!(
                f,
                "byte {at}: {name}: expected 2 numbers in data_offsets, found {found}"
            ),
            Self::Place {
                at,
                name,
                expected,
                found,
            } => write!(
                f,
                "byte {at}: {name}: expected data from offset {expected}, where the tensor before it ends, found {found}"
            ),
            Self::Size {
                at,
                name,
                dtype,
                shape,
                expected,
                found: [begin, end],
            } => write!(
                f,
                "byte {at}: {name}: expected {expected} bytes for {} of shape {}, found data_offsets [{begin}, {end}]",
                dtype.name(),
                tuple(shape)
            ),
            Self::TooLarge { name, shape } => {
                write!(f, "{name}: shape {} is too large", tuple(shape))
            }
            Self::DataCut {
                name,
                expected,
                found,
            } => write!(
                f,
                "{name}: expected {expected} bytes of data in the file, found {found}"
            ),
            Self::DataLeft {
                at,
                expected,
                found,
            } => write!(
                f,
                "byte {at}: expected the end of the file after {expected} bytes of data, found {found}"
            ),
            Self::NoTensor { name, known } => {
                let (shown, more) = known.split_at(known.len().min(8));
                let shown = if shown.is_empty() {
                    "nothing".to_owned()
                } else {
                    shown.join(", ")
                };
                write!(f, "there is no {name}; there is {shown}")?;
                match more.len() {
                    0 => Ok(()),
                    more => write!(f, " and {more} more"),
                }
            }
            Self::NotFloats { name, found } => {
                write!(
                    f,
                    "{name}: expected F32, F16 or BF16, found {}",
                    found.name()
                )
            }
            Self::NoTensorOf { name, found } => {
                write!(
                    f,
                    "{name}: {} is a dtype that no nnx::Tensor has",
                    found.name()
                )
            }
        }
    }
}

impl fmt::Debug for Error {
    /// The same text as `Display`, so that `unwrap()` shows it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Error {}
