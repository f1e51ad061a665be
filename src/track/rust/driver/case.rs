//! Converts one case's inputs and output between the wire's bytes and the types of an answer's signature.

use crate::wire::{DTYPES, Datum, Kind};
use ndarray::Array1;

/// The inputs of one case, read by position and type.
pub struct Case {
    inputs: Vec<Datum>,
}

impl Case {
    pub(crate) fn new(inputs: Vec<Datum>) -> Self {
        Self { inputs }
    }

    /// The bytes input at `index`.
    pub fn bytes(&self, index: usize) -> &[u8] {
        &self.inputs[index].bytes
    }

    /// The text input at `index`.
    pub fn text(&self, index: usize) -> &str {
        std::str::from_utf8(&self.inputs[index].bytes).expect("the runner sends UTF-8")
    }

    /// The `usize` input at `index`.
    pub fn usize(&self, index: usize) -> usize {
        usize::try_from(self.u64(index)).expect("the spec's reader keeps sizes within usize")
    }

    /// The `bool` input at `index`.
    pub fn bool(&self, index: usize) -> bool {
        self.inputs[index].bytes[0] != 0
    }

    /// The `bool` array at `index`.
    pub fn bool_array(&self, index: usize) -> Array1<bool> {
        self.inputs[index].bytes.iter().map(|byte| *byte != 0).collect()
    }
}

/// An answer's output, as bytes.
pub struct Output(pub(crate) Datum);

impl From<Vec<u8>> for Output {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Datum { kind: Kind::Bytes, dtype: 0, bytes })
    }
}

impl From<String> for Output {
    fn from(text: String) -> Self {
        Self(Datum { kind: Kind::Text, dtype: 0, bytes: text.into_bytes() })
    }
}

impl From<Array1<bool>> for Output {
    fn from(array: Array1<bool>) -> Self {
        let bytes = array.iter().map(|value| u8::from(*value)).collect();
        Self(Datum { kind: Kind::Array, dtype: code("bool"), bytes })
    }
}

fn code(name: &str) -> u8 {
    let index = DTYPES.iter().position(|dtype| *dtype == name);
    index.expect("the type is in the table") as u8
}

/// The conversions of numbers and arrays for each element type that Rust has.
macro_rules! numbers {
    ($($number:ident $array:ident)*) => {
        impl Case {$(
            #[doc = concat!("The `", stringify!($number), "` input at `index`.")]
            pub fn $number(&self, index: usize) -> $number {
                let bytes = self.inputs[index].bytes.as_slice();
                <$number>::from_le_bytes(bytes.try_into().expect("the runner sends one number"))
            }

            #[doc = concat!("The `", stringify!($number), "` array at `index`.")]
            pub fn $array(&self, index: usize) -> Array1<$number> {
                self.inputs[index]
                    .bytes
                    .as_chunks()
                    .0
                    .iter()
                    .map(|chunk| <$number>::from_le_bytes(*chunk))
                    .collect()
            }
        )*}
        $(
            impl From<Array1<$number>> for Output {
                fn from(array: Array1<$number>) -> Self {
                    let bytes = array.iter().flat_map(|value| value.to_le_bytes()).collect();
                    Self(Datum { kind: Kind::Array, dtype: code(stringify!($number)), bytes })
                }
            }

            impl From<$number> for Output {
                fn from(value: $number) -> Self {
                    let bytes = value.to_le_bytes().to_vec();
                    Self(Datum { kind: Kind::Scalar, dtype: code(stringify!($number)), bytes })
                }
            }
        )*
    };
}

numbers! {
    f32 f32_array
    f64 f64_array
    i32 i32_array
    i64 i64_array
    u8 u8_array
    u16 u16_array
    u32 u32_array
    u64 u64_array
}
