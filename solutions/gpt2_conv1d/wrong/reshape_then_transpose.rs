//! Reads the flat array as the (out, in) of a Linear.

use ndarray::Array1;
use nnx::{Linear, Rngs};

pub fn gpt2_conv1d(
    x: &Array1<f32>,
    weight: &Array1<f32>,
    bias: &Array1<f32>,
    in_features: usize,
    out_features: usize,
) -> Array1<f32> {
    let model = Linear::new(in_features, out_features, &mut Rngs::new(0));
    let linear = weight.to_shape((out_features, in_features)).unwrap();
    model.kernel.set_value(linear.t());
    model.bias.set_value(bias);
    model.call(x)
}
