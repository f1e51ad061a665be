//! Initial values under Flax's names, with Flax's bits.
//!
//! Layers call them. They draw from the given key and do not touch any stream.

use ndarray::{ArrayD, IxDyn};

use crate::error::Error;
use crate::path::Path;
use crate::random::{Key, truncated_normal};

/// A kernel of shape (.., in, out) from a truncated normal distribution: `nnx.initializers.lecun_normal()`.
///
/// The variance is 1 / fan in, where the fan in is the number of inputs of one output: in times the sizes before it.
/// 0.8796… is the standard deviation of the normal distribution truncated at ±2; the draw is divided by it.
/// If a size is 0, the kernel is empty; Flax divides by zero there, and layers refuse it.
///
/// # Panics
/// If the shape has fewer than two sizes.
pub fn lecun_normal(key: Key, shape: &[usize]) -> ArrayD<f32> {
    let [.., inputs, outputs] = shape else {
        panic!("a kernel has inputs and outputs, and the shape is {shape:?}")
    };
    // In the same order as JAX, in f64.
    let (inputs, outputs) = (*inputs as f64, *outputs as f64);
    let size = shape.iter().map(|size| *size as f64).product::<f64>();
    let fan_in = inputs * (size / inputs / outputs);
    let variance = (1.0 / fan_in) as f32;
    let deviation = variance.sqrt() / f32::from_bits(0x3F61_2F26); // 0.87962566
    truncated_normal(key, shape) * deviation
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

/// Checks that features can be divided into equal parts.
pub(crate) fn divisible(
    operation: &'static str,
    name: &str,
    features: usize,
    parts: usize,
) -> Result<(), Error> {
    if parts > 0 && features.is_multiple_of(parts) {
        return Ok(());
    }
    Err(Error::Indivisible {
        operation,
        path: Path::from(name),
        features,
        parts,
    })
}

/// All +0.0: `nnx.initializers.zeros`.
pub fn zeros(shape: &[usize]) -> ArrayD<f32> {
    ArrayD::zeros(IxDyn(shape))
}

/// All 1.0: `nnx.initializers.ones`.
pub fn ones(shape: &[usize]) -> ArrayD<f32> {
    ArrayD::ones(IxDyn(shape))
}
