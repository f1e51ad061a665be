//! Initial values by Flax's names, with Flax's bits.
//!
//! Layers call them. They draw from the key they are given and touch no stream.

use ndarray::{Array2, ArrayD, Ix2, IxDyn};

use crate::random::{Key, truncated_normal};

/// A kernel of shape (in, out) from the truncated normal with variance 1/in: `nnx.initializers.lecun_normal()`.
///
/// 0.8796… is the standard deviation of the normal distribution cut off at ±2, which the draw is divided by.
/// With no inputs the kernel is empty; Flax divides by zero there.
pub fn lecun_normal(key: Key, shape: [usize; 2]) -> Array2<f32> {
    let variance = (1.0 / shape[0] as f64) as f32;
    let deviation = variance.sqrt() / f32::from_bits(0x3F61_2F26); // 0.87962566
    let normal = truncated_normal(key, &shape).into_dimensionality::<Ix2>();
    normal.expect("a shape of two sizes makes two dimensions") * deviation
}

/// All +0.0: `nnx.initializers.zeros`.
pub fn zeros(shape: &[usize]) -> ArrayD<f32> {
    ArrayD::zeros(IxDyn(shape))
}

/// All 1.0: `nnx.initializers.ones`.
pub fn ones(shape: &[usize]) -> ArrayD<f32> {
    ArrayD::ones(IxDyn(shape))
}
