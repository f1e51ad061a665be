//! A function that calls itself without end.

use ndarray::Array1;

fn deeper(depth: u64) -> u64 {
    let here = std::hint::black_box([depth; 64]);
    deeper(depth + 1) + here[0]
}

pub fn load_hf_weights(
    _seed: i64,
    _x: &Array1<f32>,
    _hf_kernel_flat: &Array1<f32>,
    _hf_bias_flat: &Array1<f32>,
    _features: usize,
) -> Array1<f32> {
    Array1::from_elem(1, deeper(0) as f32)
}
