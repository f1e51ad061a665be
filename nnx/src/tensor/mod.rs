//! An array whose dtype and shape are known only at run time; variables and layers use it.
//!
//! Variables, states and pure dicts contain tensors; learners' arrays are converted to them (`From`) and from them
//! (`TryFrom`). Tensors share their elements, so cloning, transposing and slicing copy nothing. Tensors are
//! immutable: setting a variable gives it a new tensor. They do no arithmetic.

mod arrays;

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use ndarray::{ArrayD, ArrayViewD, IxDyn, ShapeBuilder};

use crate::dtype::{DType, Data, Element, Visitor};
use crate::error::{Error, tuple};
use crate::half::{Bf16, F16};
use crate::path::Path;

/// The shape and dtype of an array without its elements: `jax.ShapeDtypeStruct`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ShapeDtypeStruct {
    /// Sizes, outermost first.
    pub shape: Vec<usize>,
    /// The type of the elements.
    pub dtype: DType,
}

/// An array with any number of dimensions and any dtype. An abstract one has a shape and a dtype, but no elements.
///
/// Arrays of `f32` become tensors by `into()`. Arrays of other types need [`Tensor::from_array`]: with a second
/// `From`, the type of `Array1::zeros(4)` could not be inferred where a tensor is expected.
///
/// ```
/// use ndarray::{Array2, array};
/// use nnx::{DType, Tensor};
///
/// let kernel = Tensor::from(array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
/// assert_eq!((kernel.shape(), kernel.dtype()), (&[2, 3][..], DType::F32));
/// let column = kernel.slice(1, 1..2).t();
/// assert_eq!(Array2::<f32>::try_from(&column)?, array![[2.0, 5.0]]);
/// let ids = Tensor::from_array(array![7_i32, 0]);
/// assert_eq!(ids.dtype().name(), "int32");
/// # Ok::<(), nnx::Error>(())
/// ```
#[derive(Clone)]
pub struct Tensor {
    data: Data,
    shape: Vec<usize>,
    /// The distance in `data` between neighbors along each dimension, in elements.
    strides: Vec<usize>,
    /// The index of the first element in `data`.
    offset: usize,
}

impl Tensor {
    /// A tensor of these elements, row-major. Their number must match the shape.
    pub(crate) fn from_vec<T: Element>(values: Vec<T>, shape: &[usize]) -> Self {
        debug_assert_eq!(values.len(), shape.iter().product::<usize>());
        Self::row_major(T::into_data(values.into()), shape.to_vec())
    }

    /// Reads little-endian elements, row-major; `None` if no array can have the shape.
    pub(crate) fn from_le_bytes(dtype: DType, shape: &[usize], bytes: &[u8]) -> Option<Self> {
        // ndarray requires this even of arrays without elements.
        let mut sizes = shape.iter().filter(|size| **size > 0);
        let count = sizes.try_fold(1_usize, |count, size| count.checked_mul(*size))?;
        isize::try_from(count).ok()?;
        Some(Self::row_major(
            Data::from_le_bytes(dtype, bytes),
            shape.to_vec(),
        ))
    }

    pub(crate) fn abstracted(shape: &[usize], dtype: DType) -> Self {
        Self::row_major(Data::Abstract(dtype), shape.to_vec())
    }

    /// Sizes, outermost first.
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// The number of dimensions.
    pub fn ndim(&self) -> usize {
        self.shape.len()
    }

    /// The number of elements.
    pub fn size(&self) -> usize {
        self.shape.iter().product()
    }

    /// The type of the elements.
    pub fn dtype(&self) -> DType {
        self.data.dtype()
    }

    /// The sizes before the last dimension, and its size: (.., features).
    pub(crate) fn features(
        &self,
        operation: &'static str,
        name: &str,
    ) -> Result<(&[usize], usize), Error> {
        match self.shape() {
            [leading @ .., features] => Ok((leading, *features)),
            [] => Err(Error::Rank {
                operation,
                path: Path::from(name),
                expected: 1,
                found: Vec::new(),
            }),
        }
    }

    /// Whether there are no elements, but only a shape and a dtype.
    pub fn is_abstract(&self) -> bool {
        matches!(self.data, Data::Abstract(_))
    }

    /// The shape and dtype, without the elements.
    pub fn to_abstract(&self) -> Self {
        Self::abstracted(&self.shape, self.dtype())
    }

    /// The transpose: the dimensions in reverse order. Copies nothing.
    pub fn t(&self) -> Self {
        let reversed: Vec<usize> = (0..self.ndim()).rev().collect();
        self.permute(&reversed)
    }

    /// The dimensions in this order: `jnp.transpose`. Copies nothing.
    ///
    /// # Panics
    /// If `axes` does not contain every dimension exactly once.
    #[track_caller]
    pub fn permute(&self, axes: &[usize]) -> Self {
        let mut sorted = axes.to_vec();
        sorted.sort_unstable();
        assert!(
            sorted.into_iter().eq(0..self.ndim()),
            "nnx.Tensor.permute: {axes:?} does not name each of {} dimensions once",
            self.ndim()
        );
        Self {
            data: self.data.clone(),
            shape: axes.iter().map(|axis| self.shape[*axis]).collect(),
            strides: axes.iter().map(|axis| self.strides[*axis]).collect(),
            offset: self.offset,
        }
    }

    /// The part within `range` along a dimension. Copies nothing.
    ///
    /// # Panics
    /// If there is no such dimension, or the range exceeds it.
    #[track_caller]
    pub fn slice(&self, axis: usize, range: Range<usize>) -> Self {
        let size = self.shape.get(axis).copied().unwrap_or(0);
        assert!(
            axis < self.ndim() && range.start <= range.end && range.end <= size,
            "nnx.Tensor.slice: there is no {range:?} along dimension {axis} of shape {}",
            tuple(&self.shape)
        );
        let mut part = self.clone();
        part.shape[axis] = range.len();
        if !range.is_empty() {
            part.offset += range.start * self.strides[axis];
        }
        part
    }

    /// The elements as an array view, without copying.
    ///
    /// # Errors
    /// If the tensor is abstract or has elements of a different type.
    pub fn view<T: Element>(&self) -> Result<ArrayViewD<'_, T>, Error> {
        let elements = &self.elements::<T>()?[self.offset..];
        let shape = IxDyn(&self.shape).strides(IxDyn(&self.strides));
        let view = ArrayViewD::from_shape(shape, elements);
        Ok(view.expect("a tensor's layout lies within its elements"))
    }

    /// A tensor of `f32`: this one, or one with its `bfloat16` or `float16` values, which convert to `f32` exactly.
    ///
    /// # Errors
    /// If the tensor is abstract or its elements have none of these types.
    pub fn to_f32(&self) -> Result<Self, Error> {
        self.floats(OPERATION, || Path::from(VALUE))
    }

    /// [`Self::to_f32`] for an operation and a variable that the error names.
    pub(crate) fn floats(
        &self,
        operation: &'static str,
        path: impl FnOnce() -> Path,
    ) -> Result<Self, Error> {
        match self.data {
            Data::F32(_) => Ok(self.clone()),
            Data::BF16(_) => Ok(self.widened(Bf16::to_f32)),
            Data::F16(_) => Ok(self.widened(F16::to_f32)),
            _ => Err(self.has_no(DType::F32.name(), operation, path())),
        }
    }

    /// The elements, row-major, without copying if they are already stored that way.
    ///
    /// # Errors
    /// Like [`Self::view`].
    pub fn values<T: Element>(&self) -> Result<Cow<'_, [T]>, Error> {
        let elements = self.elements::<T>()?;
        Ok(if self.is_row_major() {
            Cow::Borrowed(&elements[self.offset..][..self.size()])
        } else {
            let positions = self.positions().into_iter();
            Cow::Owned(positions.map(|position| elements[position]).collect())
        })
    }

    /// The elements of any integer type, row-major.
    pub(crate) fn integers(
        &self,
        operation: &'static str,
        path: impl FnOnce() -> Path,
    ) -> Result<Vec<i128>, Error> {
        fn wide<T: Element + Into<i128>>(tensor: &Tensor) -> Result<Vec<i128>, Error> {
            Ok(tensor
                .values::<T>()?
                .iter()
                .map(|value| (*value).into())
                .collect())
        }
        match self.data {
            Data::I8(_) => wide::<i8>(self),
            Data::I16(_) => wide::<i16>(self),
            Data::I32(_) => wide::<i32>(self),
            Data::I64(_) => wide::<i64>(self),
            Data::U8(_) => wide::<u8>(self),
            Data::U16(_) => wide::<u16>(self),
            Data::U32(_) => wide::<u32>(self),
            Data::U64(_) => wide::<u64>(self),
            _ => Err(self.has_no("integer", operation, path())),
        }
    }

    /// The error for a tensor that has no elements of this type.
    pub(crate) fn has_no(
        &self,
        wanted: &'static str,
        operation: &'static str,
        path: Path,
    ) -> Error {
        if self.is_abstract() {
            let shape = self.shape.clone();
            return Error::Abstract {
                operation,
                path,
                shape,
            };
        }
        Error::DType {
            operation,
            path,
            expected: wanted,
            found: self.dtype().name(),
        }
    }

    /// The stored elements, of which the tensor may use only a part.
    fn elements<T: Element>(&self) -> Result<&[T], Error> {
        let storage = T::from_data(&self.data);
        let wanted = T::DTYPE.name();
        let stored = storage.ok_or_else(|| self.has_no(wanted, OPERATION, Path::from(VALUE)))?;
        Ok(stored.as_slice())
    }

    /// Whether the elements are contiguous in row-major order.
    fn is_row_major(&self) -> bool {
        let mut next = 1;
        let mut axes = self.shape.iter().zip(&self.strides).rev();
        self.shape.contains(&0)
            || axes.all(|(size, stride)| {
                let fits = *size == 1 || *stride == next;
                next *= size;
                fits
            })
    }

    /// The index in `data` of each element, in row-major order. It does not depend on the type, so it is compiled
    /// once.
    fn positions(&self) -> Vec<usize> {
        let mut positions = vec![self.offset];
        for (size, stride) in self.shape.iter().zip(&self.strides) {
            let along = |start| (0..*size).map(move |index| start + index * stride);
            positions = positions.into_iter().flat_map(along).collect();
        }
        positions
    }

    fn widened<T: Element>(&self, widen: fn(T) -> f32) -> Self {
        let values = self.values().expect("the caller knows the type");
        Self::from_vec(
            values.iter().map(|value| widen(*value)).collect(),
            &self.shape,
        )
    }

    fn row_major(data: Data, shape: Vec<usize>) -> Self {
        let mut strides = vec![0; shape.len()];
        if !shape.contains(&0) && !matches!(data, Data::Abstract(_)) {
            let mut stride = 1;
            for (axis, size) in shape.iter().enumerate().rev() {
                strides[axis] = stride;
                stride *= size;
            }
        }
        Self {
            data,
            shape,
            strides,
            offset: 0,
        }
    }
}

impl PartialEq for Tensor {
    /// Whether dtype, shape and elements are equal. Floats compare as usual: −0 equals 0, and a NaN does not equal
    /// itself.
    fn eq(&self, other: &Self) -> bool {
        struct Equal<'a>(&'a Tensor, &'a Tensor);
        impl Visitor for Equal<'_> {
            type Output = bool;

            fn visit<T: Element>(self) -> bool {
                matches!((self.0.values::<T>(), self.1.values::<T>()), (Ok(a), Ok(b)) if a == b)
            }
        }
        let same = self.shape == other.shape && self.dtype() == other.dtype();
        same && match self.data.visit(Equal(self, other)) {
            Some(equal) => equal,
            None => other.is_abstract(),
        }
    }
}

impl From<ShapeDtypeStruct> for Tensor {
    /// An abstract tensor.
    fn from(like: ShapeDtypeStruct) -> Self {
        Self::abstracted(&like.shape, like.dtype)
    }
}

impl From<&Self> for Tensor {
    /// The same elements, shared.
    fn from(tensor: &Self) -> Self {
        tensor.clone()
    }
}

impl fmt::Display for Tensor {
    /// Formats it like an ndarray array.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        struct Texts<'a>(&'a Tensor);
        impl Visitor for Texts<'_> {
            type Output = ArrayD<String>;

            fn visit<T: Element>(self) -> ArrayD<String> {
                let values = self.0.values::<T>().expect("a visitor knows the type");
                let texts = values.iter().map(T::to_string).collect();
                ArrayD::from_shape_vec(self.0.shape(), texts).expect("a text for each element")
            }
        }
        match self.data.visit(Texts(self)) {
            Some(texts) => texts.fmt(f),
            None => f.write_str("abstract"),
        }
    }
}

impl fmt::Debug for Tensor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (shape, dtype) = (tuple(&self.shape), self.dtype());
        write!(f, "Tensor(shape={shape}, dtype={dtype}, value={self})")
    }
}

impl fmt::Display for ShapeDtypeStruct {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (shape, dtype) = (tuple(&self.shape), self.dtype);
        write!(f, "ShapeDtypeStruct(shape={shape}, dtype={dtype})")
    }
}

const OPERATION: &str = "nnx.Tensor";

/// The name in errors for a tensor that belongs to no variable.
const VALUE: &str = "value";
