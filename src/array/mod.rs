//! Numbers as bits: dtype, shape, flat data, text to bits and back, ulp distance, index to coordinates.
//!
//! Every input, expected output and answer passes through here. An element is a `u64` with the element's own bits (an
//! `f32` is its 32 bits, an `i32` its two's complement in 32 bits), so nothing is rounded on the way. This module
//! knows nothing about katas and compares nothing.

mod decimal;
mod dtype;
mod index;
mod number;
mod text;
mod ulp;
mod value;

pub use dtype::Dtype;
pub use index::coordinates;
pub use text::{TextError, hex, parse_bits, shortest};
pub use ulp::{steps, unit};
pub use value::{Scalar, Value};

/// A dtype, a shape and the elements as little-endian bytes, in row-major order.
///
/// `==` compares raw bits and shape; judging an answer is `compare`'s work.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Array {
    dtype: Dtype,
    shape: Vec<usize>,
    data: Vec<u8>,
}

impl Array {
    /// Creates an array from little-endian bytes; `None` if their number does not match the dtype and shape.
    #[must_use]
    pub fn from_bytes(dtype: Dtype, shape: Vec<usize>, data: Vec<u8>) -> Option<Self> {
        let needed = element_count(&shape)?.checked_mul(dtype.size())?;
        (needed == data.len()).then_some(Self { dtype, shape, data })
    }

    /// Creates an array from the bits of each element; `None` if there are too few or too many.
    #[must_use]
    pub fn from_bits(dtype: Dtype, shape: Vec<usize>, bits: &[u64]) -> Option<Self> {
        let mut data = Vec::with_capacity(bits.len() * dtype.size());
        for element in bits {
            data.extend_from_slice(&element.to_le_bytes()[..dtype.size()]);
        }
        Self::from_bytes(dtype, shape, data)
    }

    /// Creates a one-dimensional array of these elements.
    #[must_use]
    pub fn flat(dtype: Dtype, bits: &[u64]) -> Self {
        Self::from_bits(dtype, vec![bits.len()], bits).expect("the shape is the number of elements")
    }

    /// Returns the type of the elements.
    #[must_use]
    pub fn dtype(&self) -> Dtype {
        self.dtype
    }

    /// Lists the lengths of the dimensions, outermost first; empty for a single number.
    #[must_use]
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// Shows the elements as little-endian bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.data
    }

    /// Counts the elements.
    #[must_use]
    pub fn len(&self) -> usize {
        self.data.len() / self.dtype.size()
    }

    /// Returns whether there are no elements.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.data.is_empty()
    }

    /// Returns the bits of the element at a flat index.
    ///
    /// # Panics
    /// When `index` is not below `len()`.
    #[must_use]
    pub fn bits(&self, index: usize) -> u64 {
        let size = self.dtype.size();
        read(&self.data[index * size..(index + 1) * size])
    }

    /// Iterates over the bits of all elements in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = u64> + '_ {
        self.data.chunks_exact(self.dtype.size()).map(read)
    }

    /// Returns the same elements in a different shape; `None` when the number of elements differs.
    #[must_use]
    pub fn reshaped(self, shape: Vec<usize>) -> Option<Self> {
        Self::from_bytes(self.dtype, shape, self.data)
    }
}

/// Multiplies the lengths of a shape; `None` if the product overflows `usize`.
#[must_use]
pub fn element_count(shape: &[usize]) -> Option<usize> {
    shape
        .iter()
        .try_fold(1_usize, |count, length| count.checked_mul(*length))
}

/// One arm for each size: with a size that is not known at compile time, each element would cost a call.
fn read(element: &[u8]) -> u64 {
    match *element {
        [a] => a.into(),
        [a, b] => u16::from_le_bytes([a, b]).into(),
        [a, b, c, d] => u32::from_le_bytes([a, b, c, d]).into(),
        _ => {
            let mut bytes = [0; 8];
            bytes[..element.len()].copy_from_slice(element);
            u64::from_le_bytes(bytes)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_kept_for_every_size() {
        for dtype in Dtype::ALL {
            let last = u64::MAX >> (64 - 8 * dtype.size());
            let array = Array::from_bits(dtype, vec![1, 2], &[1, last]).unwrap();
            assert_eq!(array.bytes().len(), 2 * dtype.size());
            assert_eq!(array.bits(1), last);
            assert_eq!(array.iter().collect::<Vec<_>>(), [1, last]);
        }
    }

    #[test]
    fn a_shape_must_hold_the_elements() {
        assert_eq!(Array::from_bits(Dtype::F32, vec![2, 2], &[0; 3]), None);
        assert_eq!(Array::from_bytes(Dtype::F32, vec![1], vec![0; 3]), None);
        assert_eq!(
            Array::from_bytes(Dtype::U8, vec![usize::MAX, 2], vec![]),
            None
        );
        assert_eq!(Array::from_bits(Dtype::I64, vec![], &[7]).unwrap().len(), 1);
        let flat = Array::flat(Dtype::U8, &[1, 2, 3, 4]);
        assert_eq!(flat.clone().reshaped(vec![2, 2]).unwrap().shape(), [2, 2]);
        assert_eq!(flat.reshaped(vec![3]), None);
    }
}
