//! A shape that ndarray refuses, with `unwrap`.

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
    let weight = hf_kernel_flat.to_shape((features, features + 1)).unwrap();
    model.kernel.set_value(weight.t());
    model.bias.set_value(hf_bias_flat.clone());
    model.call(x)
}
