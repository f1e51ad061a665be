//! The one dot product and the one sum of all layers, in one fixed order of operations.
//!
//! Layers call `affine` with shapes already checked; learners call [`sum()`]. The order is JAX's on a CPU wherever
//! real JAX has one result: for a vector x and any number of features f except f = 2 and f mod 4 = 1 (there, LLVM
//! leaves a column unfused, in different ways on x86 and ARM). Batches use the same loop row by row; real JAX chooses a
//! kernel according to the CPU for most of them. The code is written to be simple, not fast. A new layer adds and
//! multiplies only through this module.

mod change;
mod normalize;

use ndarray::{ArrayRef1, Ix2};

use crate::tensor::Tensor;

use change::Change;
pub use change::change;
pub(crate) use normalize::{Affine, Statistics};

/// `x` (.., n) times `kernel` (n, f), plus `bias` (f): a tensor (.., f). All are f32.
///
/// Each output is a fused multiply-add over k ascending from +0.0, then one rounded addition of the bias.
pub(crate) fn affine(x: &Tensor, kernel: &Tensor, bias: Option<&Tensor>) -> Tensor {
    product(x, &parameters(kernel), bias.map(parameters).as_ref())
}

/// Like [`affine`], with a matrix that is not a parameter of a layer.
pub(crate) fn product(x: &Tensor, matrix: &Tensor, bias: Option<&Tensor>) -> Tensor {
    let kernel = matrix.view::<f32>().expect("a kernel of f32");
    let kernel = kernel.into_dimensionality::<Ix2>().expect("a matrix");
    let bias = bias.map(|bias| bias.values::<f32>().expect("a bias of f32"));
    let mut shape = x.shape().to_vec();
    let n = shape.pop().expect("x has a dimension of inputs");
    let rows: usize = shape.iter().product();
    let f = kernel.ncols();
    shape.push(f);

    let (x, change) = (x.values::<f32>().expect("an x of f32"), Change::current());
    let alone = rows == 1 && f == 1;
    let mut y = vec![0.0; rows * f];
    for (column, weights) in kernel.columns().into_iter().enumerate() {
        let (weights, bias) = (weights.to_vec(), bias.as_ref().map(|bias| bias[column]));
        for row in 0..rows {
            let x = &x[row * n..(row + 1) * n];
            y[row * f + column] = change.output(x, &weights, bias, alone);
        }
    }
    Tensor::from_vec(y, &shape)
}

/// The parameters that a layer computes with: its own, unless the author's tools have changed the arithmetic.
pub(crate) fn parameters(tensor: &Tensor) -> Tensor {
    Change::current().parameters(tensor)
}

/// Adds up a vector: `y.sum()`. The sum of an empty one is +0.0.
///
/// Up to 32 values are added left to right. More are cut into ⌈n/32⌉ windows of 32, centered on the vector, and the
/// windows' sums are summed by the same rule. Checked against JAX 0.10.2 up to 2048 values; it differs at 4096. There
/// is no sum over two dimensions: in JAX its order depends on the machine, so there are no bits to agree on.
pub fn sum(values: &ArrayRef1<f32>) -> f32 {
    match values.as_slice() {
        Some(slice) => Change::current().sum(slice),
        None => Change::current().sum(&values.to_vec()),
    }
}

/// x · weights, without a bias: the author's tools use it instead of ndarray's `dot`.
pub fn dot(x: &[f32], weights: &[f32]) -> f32 {
    assert_eq!(x.len(), weights.len());
    Change::current().output(x, weights, None, false)
}

/// The product of a vector and a column. `alone` says whether it is the only number of the result.
fn written_dot(x: &[f32], weights: &[f32], alone: bool) -> f32 {
    let pairs = x.iter().zip(weights);
    match x {
        // One product: fused with +0.0, it would lose the sign of -0.0.
        [x] => x * weights[0],
        // One column: XLA rounds the products into a buffer and sums that.
        _ if alone && x.len() > WINDOW => {
            let products: Vec<f32> = pairs.map(|(x, w)| x * w).collect();
            written_sum(&products)
        }
        _ => pairs.fold(0.0, |sum, (x, w)| x.mul_add(*w, sum)),
    }
}

fn written_sum(values: &[f32]) -> f32 {
    if values.len() <= WINDOW {
        return values.iter().fold(0.0, |sum, value| sum + value);
    }
    let windows = values.len().div_ceil(WINDOW);
    let before = (windows * WINDOW - values.len()) / 2; // the padding in front of the first value
    let partial: Vec<f32> = (0..windows)
        .map(|window| {
            let start = (window * WINDOW).saturating_sub(before);
            let end = ((window + 1) * WINDOW - before).min(values.len());
            written_sum(&values[start..end])
        })
        .collect();
    written_sum(&partial)
}

const WINDOW: usize = 32;
