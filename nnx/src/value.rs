//! What a variable holds: an array of f32 or u32, or only its shape and dtype.
//!
//! Variables and pure dicts are made of it. Arrays are kept in row-major order. It does not compute.

use std::borrow::Cow;
use std::fmt;

use ndarray::{ArrayBase, ArrayD, Data, Dimension};

use crate::error::tuple;

/// The type of an array's elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DType {
    /// `float32`: every parameter.
    F32,
    /// `uint32`: random keys and counts.
    U32,
}

/// The shape and dtype of an array that is not there.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ShapeDtypeStruct {
    /// Sizes, outermost first.
    pub shape: Vec<usize>,
    /// The type of the elements.
    pub dtype: DType,
}

/// An array of any number of dimensions, or the shape and dtype of one.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// Floats.
    F32(ArrayD<f32>),
    /// Words.
    U32(ArrayD<u32>),
    /// No values.
    Abstract(ShapeDtypeStruct),
}

impl Value {
    /// Sizes, outermost first.
    pub fn shape(&self) -> &[usize] {
        match self {
            Self::F32(array) => array.shape(),
            Self::U32(array) => array.shape(),
            Self::Abstract(like) => &like.shape,
        }
    }

    /// The type of the elements.
    pub fn dtype(&self) -> DType {
        match self {
            Self::F32(_) => DType::F32,
            Self::U32(_) => DType::U32,
            Self::Abstract(like) => like.dtype,
        }
    }

    /// Whether there are no values.
    pub fn is_abstract(&self) -> bool {
        matches!(self, Self::Abstract(_))
    }

    /// The floats, if these are floats and there are values.
    pub fn as_f32(&self) -> Option<&ArrayD<f32>> {
        match self {
            Self::F32(array) => Some(array),
            _ => None,
        }
    }

    /// The words, if these are words and there are values.
    pub fn as_u32(&self) -> Option<&ArrayD<u32>> {
        match self {
            Self::U32(array) => Some(array),
            _ => None,
        }
    }

    /// Words. Floats need no such call; a second `From` would leave the type of `Array1::zeros(4)` open.
    pub fn words<S: Data<Elem = u32>, D: Dimension>(array: ArrayBase<S, D, u32>) -> Self {
        Self::U32(row_major(array.into_dyn().into_owned()))
    }

    /// The shape and dtype, without the values.
    pub fn to_abstract(&self) -> Self {
        Self::abstracted(self.shape(), self.dtype())
    }

    pub(crate) fn abstracted(shape: &[usize], dtype: DType) -> Self {
        Self::Abstract(ShapeDtypeStruct {
            shape: shape.to_vec(),
            dtype,
        })
    }
}

impl DType {
    /// NumPy's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::F32 => "float32",
            Self::U32 => "uint32",
        }
    }
}

impl<S: Data<Elem = f32>, D: Dimension> From<ArrayBase<S, D, f32>> for Value {
    /// Takes an array, or copies a view such as `kernel.t()`.
    fn from(array: ArrayBase<S, D, f32>) -> Self {
        Self::F32(row_major(array.into_dyn().into_owned()))
    }
}

impl<S: Data<Elem = f32>, D: Dimension> From<&ArrayBase<S, D, f32>> for Value {
    /// Copies an array.
    fn from(array: &ArrayBase<S, D, f32>) -> Self {
        Self::F32(row_major(array.to_owned().into_dyn()))
    }
}

impl From<ShapeDtypeStruct> for Value {
    fn from(like: ShapeDtypeStruct) -> Self {
        Self::Abstract(like)
    }
}

impl From<&Self> for Value {
    fn from(value: &Self) -> Self {
        value.clone()
    }
}

impl fmt::Display for DType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for ShapeDtypeStruct {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "ShapeDtypeStruct(shape={}, dtype={})",
            tuple(&self.shape),
            self.dtype
        )
    }
}

/// The values in row-major order. Values of this crate lie so already; a [`Value::F32`] made by hand may not.
pub(crate) fn flat(array: &ArrayD<f32>) -> Cow<'_, [f32]> {
    match array.as_slice() {
        Some(slice) => Cow::Borrowed(slice),
        None => Cow::Owned(array.iter().copied().collect()),
    }
}

fn row_major<T: Clone>(array: ArrayD<T>) -> ArrayD<T> {
    if array.is_standard_layout() {
        array
    } else {
        array.as_standard_layout().into_owned()
    }
}
