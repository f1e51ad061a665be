//! The types of a tensor's elements, and how a tensor stores the elements of each.
//!
//! [`crate::Tensor`] is built on this module. The only list of types is at the end; a new type is one line there.
//! Nothing here knows shapes.

use std::fmt;
use std::sync::Arc;

use crate::half::{Bf16, F16};

/// A type that the elements of a tensor can have.
pub trait Element: Stored + Copy + PartialEq + fmt::Display + Send + Sync + 'static {
    /// The type as a value.
    const DTYPE: DType;
}

/// The elements, behind a pointer that tensors share. Anything that derefs to a slice can store them: a `Vec`, or a
/// mapped file.
#[derive(Clone)]
pub struct Storage<T>(Arc<dyn AsRef<[T]> + Send + Sync>);

/// An operation that is generic over the element type.
pub(crate) trait Visitor {
    type Output;

    fn visit<T: Element>(self) -> Self::Output;
}

/// The crate-internal part of [`Element`].
pub trait Stored: Sized {
    /// Wraps elements of this type as [`Data`].
    fn into_data(storage: Storage<Self>) -> Data;

    /// The reverse of `into_data`; `None` if the elements have a different type.
    fn from_data(data: &Data) -> Option<&Storage<Self>>;
}

impl<T> Storage<T> {
    pub(crate) fn as_slice(&self) -> &[T] {
        (*self.0).as_ref()
    }
}

impl<T: Send + Sync + 'static> From<Vec<T>> for Storage<T> {
    fn from(values: Vec<T>) -> Self {
        Self(Arc::new(values))
    }
}

impl fmt::Display for DType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

macro_rules! dtypes {
    ($($(#[$doc:meta])* $name:ident $element:ident $numpy:literal $read:expr;)*) => {
        /// The type of a tensor's elements.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum DType {
            $($(#[$doc])* $name,)*
        }

        /// The elements of a tensor, or only their dtype.
        #[derive(Clone)]
        pub enum Data {
            Abstract(DType),
            $($name(Storage<$element>),)*
        }

        impl DType {
            /// NumPy's name.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => $numpy,)*
                }
            }

            /// The size of one element in bytes.
            pub const fn size(self) -> usize {
                match self {
                    $(Self::$name => size_of::<$element>(),)*
                }
            }
        }

        impl Data {
            /// Reads little-endian elements.
            pub(crate) fn from_le_bytes(dtype: DType, bytes: &[u8]) -> Self {
                match dtype {
                    $(DType::$name => {
                        let elements = bytes.as_chunks().0.iter().map(|bytes| ($read)(*bytes));
                        Self::$name(elements.collect::<Vec<$element>>().into())
                    })*
                }
            }

            pub(crate) fn dtype(&self) -> DType {
                match self {
                    Self::Abstract(dtype) => *dtype,
                    $(Self::$name(_) => DType::$name,)*
                }
            }

            /// Calls `visitor` with the type of the elements; does nothing if there are none.
            pub(crate) fn visit<V: Visitor>(&self, visitor: V) -> Option<V::Output> {
                match self {
                    Self::Abstract(_) => None,
                    $(Self::$name(_) => Some(visitor.visit::<$element>()),)*
                }
            }
        }

        $(
            impl Element for $element {
                const DTYPE: DType = DType::$name;
            }

            impl Stored for $element {
                fn into_data(storage: Storage<Self>) -> Data {
                    Data::$name(storage)
                }

                fn from_data(data: &Data) -> Option<&Storage<Self>> {
                    match data {
                        Data::$name(storage) => Some(storage),
                        _ => None,
                    }
                }
            }
        )*
    };
}

dtypes! {
    /// `float32`: every parameter that a layer draws.
    F32 f32 "float32" f32::from_le_bytes;
    /// `bfloat16`.
    BF16 Bf16 "bfloat16" |bytes| Bf16::from_bits(u16::from_le_bytes(bytes));
    /// `float16`.
    F16 F16 "float16" |bytes| F16::from_bits(u16::from_le_bytes(bytes));
    /// `float64`.
    F64 f64 "float64" f64::from_le_bytes;
    /// `int8`.
    I8 i8 "int8" i8::from_le_bytes;
    /// `int16`.
    I16 i16 "int16" i16::from_le_bytes;
    /// `int32`: the usual type of token ids in JAX.
    I32 i32 "int32" i32::from_le_bytes;
    /// `int64`: the usual type of token ids in PyTorch.
    I64 i64 "int64" i64::from_le_bytes;
    /// `uint8`.
    U8 u8 "uint8" u8::from_le_bytes;
    /// `uint16`.
    U16 u16 "uint16" u16::from_le_bytes;
    /// `uint32`: random keys and counts.
    U32 u32 "uint32" u32::from_le_bytes;
    /// `uint64`.
    U64 u64 "uint64" u64::from_le_bytes;
    /// `bool`.
    Bool bool "bool" |bytes: [u8; 1]| bytes[0] != 0;
}
