//! A panic with a text of its own.

use ndarray::Array1;

pub fn load_hf_weights(
    _seed: i64,
    x: &Array1<f32>,
    _hf_kernel_flat: &Array1<f32>,
    _hf_bias_flat: &Array1<f32>,
    features: usize,
) -> Array1<f32> {
    panic!("{} inputs and {features} outputs are too many for me", x.len())
}
