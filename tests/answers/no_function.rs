//! The function has a different name.

use ndarray::Array1;

pub fn load_weights(
    _seed: i64,
    _x: &Array1<f32>,
    _hf_kernel_flat: &Array1<f32>,
    _hf_bias_flat: &Array1<f32>,
    _features: usize,
) -> Array1<f32> {
    Array1::zeros(0)
}
