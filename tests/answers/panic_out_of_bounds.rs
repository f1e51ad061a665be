//! An index past the end of an array.

use ndarray::Array1;

pub fn load_hf_weights(
    _seed: i64,
    x: &Array1<f32>,
    _hf_kernel_flat: &Array1<f32>,
    _hf_bias_flat: &Array1<f32>,
    features: usize,
) -> Array1<f32> {
    let mut y = Array1::zeros(features);
    y[0] = x[x.len()];
    y
}
