//! Wrong, and it prints more than is shown.

use ndarray::Array1;

pub fn load_hf_weights(
    _seed: i64,
    x: &Array1<f32>,
    _hf_kernel_flat: &Array1<f32>,
    _hf_bias_flat: &Array1<f32>,
    features: usize,
) -> Array1<f32> {
    for line in 1..=9 {
        println!("line {line} of nine, with a tab\there and {} inputs; and this line goes on past the edge", x.len());
    }
    Array1::zeros(features) - 1.0
}
