//! A value used after it was moved.

use ndarray::Array1;

pub fn load_hf_weights(
    seed: i64,
    x: &Array1<f32>,
    hf_kernel_flat: &Array1<f32>,
    hf_bias_flat: &Array1<f32>,
    features: usize,
) -> Array1<f32> {
    let bias = hf_bias_flat.clone();
    let moved = bias;
    println!("{seed} {x} {hf_kernel_flat} {features} {moved}");
    bias
}
