//! It prints codes that would clear the screen and color it, and a forged verdict.

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
    let weight = hf_kernel_flat.to_shape((features, x.len())).unwrap();
    model.kernel.set_value(weight.t());
    model.bias.set_value(hf_bias_flat.clone());
    print!("\x1b[2J\x1b[31mred\x1b[0m\rback\x07 \u{202e}reversed \u{9b}31m\n");
    model.call(x)
}
