//! Conversions between tensors and ndarray's arrays: the only generic part of a tensor, and as small as possible.

use ndarray::{Array, ArrayBase, ArrayD, Data as ArrayData, Dimension};

use super::{OPERATION, Tensor, VALUE};
use crate::dtype::Element;
use crate::error::Error;
use crate::path::Path;

impl Tensor {
    /// A tensor of any element type. An owned array is moved; a view is copied.
    pub fn from_array<T: Element, S: ArrayData<Elem = T>, D: Dimension>(
        array: ArrayBase<S, D>,
    ) -> Self {
        Self::from_dynamic(array.into_dyn().into_owned())
    }

    /// The same floats, row-major, in a different shape of the same size.
    pub(crate) fn reshaped(&self, shape: &[usize]) -> Self {
        let values = self.values::<f32>().expect("the caller has floats");
        Self::from_vec(values.into_owned(), shape)
    }

    fn from_dynamic<T: Element>(array: ArrayD<T>) -> Self {
        let strides: Option<Vec<usize>> = array
            .strides()
            .iter()
            .map(|stride| usize::try_from(*stride).ok())
            .collect();
        let shape = array.shape().to_vec();
        let Some(strides) = strides else {
            // Some stride is negative.
            return Self::row_major(
                T::into_data(array.iter().copied().collect::<Vec<T>>().into()),
                shape,
            );
        };
        let (values, offset) = array.into_raw_vec_and_offset();
        Self {
            data: T::into_data(values.into()),
            shape,
            strides,
            offset: offset.unwrap_or(0),
        }
    }
}

impl<S: ArrayData<Elem = f32>, D: Dimension> From<ArrayBase<S, D>> for Tensor {
    /// Takes an array, or copies a view such as `kernel.t()`.
    fn from(array: ArrayBase<S, D>) -> Self {
        Self::from_array(array)
    }
}

impl<S: ArrayData<Elem = f32>, D: Dimension> From<&ArrayBase<S, D>> for Tensor {
    /// Copies an array.
    fn from(array: &ArrayBase<S, D>) -> Self {
        Self::from_array(array.view())
    }
}

impl<T: Element, D: Dimension> TryFrom<&Tensor> for Array<T, D> {
    type Error = Error;

    /// Copies the elements.
    ///
    /// # Errors
    /// If the tensor is abstract, has elements of a different type, or has a different number of dimensions.
    fn try_from(tensor: &Tensor) -> Result<Self, Error> {
        let array = tensor.view::<T>()?.to_owned();
        let expected = D::NDIM.unwrap_or(tensor.ndim());
        array.into_dimensionality().map_err(|_| Error::Rank {
            operation: OPERATION,
            path: Path::from(VALUE),
            expected,
            found: tensor.shape.clone(),
        })
    }
}

impl<T: Element, D: Dimension> TryFrom<Tensor> for Array<T, D> {
    type Error = Error;

    /// Like `TryFrom<&Tensor>`.
    fn try_from(tensor: Tensor) -> Result<Self, Error> {
        Self::try_from(&tensor)
    }
}
