//! x · kernel + bias in one fixed order of operations.
//!
//! The forward passes call it, with shapes already checked. The order is JAX's on a CPU wherever real JAX has one answer: a
//! vector x, and any number of features except f = 2 and f mod 4 = 1 (there LLVM leaves a column un-fused, on x86 and ARM
//! differently). Batches use the same loop row by row; real JAX picks a kernel by CPU for most of them. Small and plain, not fast.

use ndarray::{Array, ArrayRef, Dimension, Ix1, Ix2};

use crate::sum::sum_slice;

/// What a layer can be called with: one vector (n) or a batch of vectors (b, n). The result has as many dimensions.
pub trait Rank: Dimension + sealed::Sealed {
    /// The values in row-major order, and the shape.
    #[doc(hidden)]
    fn flat(x: &ArrayRef<f32, Self>) -> (Vec<f32>, Vec<usize>);

    /// The result as an array. `shape` is the argument's, with the last size replaced.
    #[doc(hidden)]
    fn shaped(values: Vec<f32>, shape: &[usize]) -> Array<f32, Self>;
}

/// `x` of `rows` rows times `kernel` (n, f), plus `bias` (f): rows · f values, row-major.
///
/// Each output is a fused multiply-add over k ascending from +0.0, then one rounded addition of the bias.
pub(crate) fn affine(
    x: &[f32],
    rows: usize,
    kernel: &[f32],
    f: usize,
    bias: Option<&[f32]>,
) -> Vec<f32> {
    let n = x.len().checked_div(rows).unwrap_or(0);
    let mut y = Vec::with_capacity(rows * f);
    for row in 0..rows {
        let x = &x[row * n..(row + 1) * n];
        y.extend((0..f).map(|column| dot(x, kernel, f, column, rows == 1)));
    }
    if let Some(bias) = bias {
        for (y, bias) in y.iter_mut().zip(bias.iter().cycle()) {
            *y += bias;
        }
    }
    y
}

fn dot(x: &[f32], kernel: &[f32], f: usize, column: usize, alone: bool) -> f32 {
    let weight = |k: usize| kernel[k * f + column];
    match x {
        // One product: fused with +0.0 it would lose the sign of -0.0.
        [only] => only * weight(0),
        // One column: XLA rounds the products into a buffer and sums that.
        _ if alone && f == 1 && x.len() > 32 => {
            let products: Vec<f32> = x.iter().zip(kernel).map(|(x, w)| x * w).collect();
            sum_slice(&products)
        }
        _ => (0..x.len()).fold(0.0, |sum, k| x[k].mul_add(weight(k), sum)),
    }
}

impl Rank for Ix1 {
    fn flat(x: &ArrayRef<f32, Self>) -> (Vec<f32>, Vec<usize>) {
        (x.to_vec(), vec![x.len()])
    }

    fn shaped(values: Vec<f32>, _: &[usize]) -> Array<f32, Self> {
        Array::from_vec(values)
    }
}

impl Rank for Ix2 {
    fn flat(x: &ArrayRef<f32, Self>) -> (Vec<f32>, Vec<usize>) {
        (x.iter().copied().collect(), x.shape().to_vec())
    }

    fn shaped(values: Vec<f32>, shape: &[usize]) -> Array<f32, Self> {
        let array = Array::from_shape_vec((shape[0], shape[1]), values);
        array.expect("affine gives a row of features for each row of x")
    }
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for ndarray::Ix1 {}
    impl Sealed for ndarray::Ix2 {}
}
