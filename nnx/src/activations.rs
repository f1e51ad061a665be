//! The functions between layers: `silu`, `gelu` and `softmax`, for arrays of any rank.
//!
//! Answers call them. The bits are those of Flax on a CPU, as tests confirm: `special` has XLA's steps one by one.

use ndarray::{Array, ArrayRef, Dimension};

use crate::arithmetic::sum;
use crate::special::{exp, logistic, tanh};

/// x · sigmoid(x), element by element: `nnx.silu`, which Flax also calls `swish`.
pub fn silu<D: Dimension>(x: &ArrayRef<f32, D>) -> Array<f32, D> {
    x.mapv(|x| x * logistic(x))
}

/// `nnx.gelu`, element by element, in the form with tanh that Flax uses by default (PyTorch calls it
/// `approximate="tanh"`; its own default is the exact form).
pub fn gelu<D: Dimension>(x: &ArrayRef<f32, D>) -> Array<f32, D> {
    // √(2 / π), and the factor that Flax writes as 0.044715.
    let (root, cubic) = (f32::from_bits(0x3F4C_422A), 0.044_715);
    x.mapv(|x| {
        let inner = root * (x + cubic * (x * x * x));
        x * (0.5 * (1.0 + tanh(inner)))
    })
}

/// eˣ / Σ eˣ along the last dimension: `nnx.softmax`. An element of −∞, such as a mask writes, becomes 0.
///
/// The sum has the order of [`sum()`], and the elements are multiplied by 1 / Σ, as XLA does.
pub fn softmax<D: Dimension>(x: &ArrayRef<f32, D>) -> Array<f32, D> {
    let mut y = x.to_owned();
    for mut row in y.rows_mut() {
        let greatest = row.fold(f32::NEG_INFINITY, |greatest, x| greatest.max(*x));
        row.mapv_inplace(|x| exp(x - greatest));
        let inverse = 1.0 / sum(&row);
        row.mapv_inplace(|x| x * inverse);
    }
    y
}
