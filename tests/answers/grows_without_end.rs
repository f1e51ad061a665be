//! A loop that only pushes.

use ndarray::Array1;

pub fn load_hf_weights(
    _seed: i64,
    _x: &Array1<f32>,
    _hf_kernel_flat: &Array1<f32>,
    _hf_bias_flat: &Array1<f32>,
    _features: usize,
) -> Array1<f32> {
    let mut all = Vec::new();
    loop {
        all.push(Vec::<f32>::with_capacity(1 << 24));
    }
}
