//! Initial values by Flax's names, with Flax's bits.
//!
//! Layers call them. They draw from the given key and do not touch any stream.

use ndarray::{Array2, ArrayD, Ix2, IxDyn};

use crate::error::Error;
use crate::path::Path;
use crate::random::{Key, truncated_normal};

/// A kernel of shape (in, out) from the truncated normal with variance 1/in: `nnx.initializers.lecun_normal()`.
///
/// 0.8796… is the standard deviation of the normal distribution truncated at ±2; the draw is divided by it. If a size
/// is 0 the kernel is empty; Flax divides by zero there, and layers refuse it.
pub fn lecun_normal(key: Key, shape: [usize; 2]) -> Array2<f32> {
    let variance = (1.0 / shape[0] as f64) as f32;
    let deviation = variance.sqrt() / f32::from_bits(0x3F61_2F26); // 0.87962566
    let normal = truncated_normal(key, &shape).into_dimensionality::<Ix2>();
    normal.expect("a shape of two sizes makes two dimensions") * deviation
}

/// Checks that values of this shape can be drawn: Flax divides by zero if a size is 0.
pub(crate) fn drawable(operation: &'static str, name: &str, shape: &[usize]) -> Result<(), Error> {
    if shape.contains(&0) {
        let (path, shape) = (Path::from([name]), shape.to_vec());
        return Err(Error::Empty {
            operation,
            path,
            shape,
        });
    }
    Ok(())
}

/// All +0.0: `nnx.initializers.zeros`.
pub fn zeros(shape: &[usize]) -> ArrayD<f32> {
    ArrayD::zeros(IxDyn(shape))
}

/// All 1.0: `nnx.initializers.ones`.
pub fn ones(shape: &[usize]) -> ArrayD<f32> {
    ArrayD::ones(IxDyn(shape))
}
