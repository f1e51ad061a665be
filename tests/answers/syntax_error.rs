//! A brace that is never closed.

use ndarray::Array1;
use nnx::{Linear, Rngs};

pub fn load_hf_weights(
    seed: i64,
    x: &Array1<f32>,
    hf_kernel_flat: &Array1<f32>,
    hf_bias_flat: &Array1<f32>,
    features: usize,
) -> Array1<f32> {
    let model = Linear::new(x.len(), features, &mut Rngs::new(seed));
    if hf_kernel_flat.len() > hf_bias_flat.len() {
    model.call(x)
}
