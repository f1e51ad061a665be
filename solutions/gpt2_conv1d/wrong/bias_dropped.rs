//! Leaves the bias at the zeros of a new layer.

use ndarray::Array1;
use nnx::{Linear, Rngs};

pub fn gpt2_conv1d(
    x: &Array1<f32>,
    weight: &Array1<f32>,
    _bias: &Array1<f32>,
    in_features: usize,
    out_features: usize,
) -> Array1<f32> {
    let model = Linear::new(in_features, out_features, &mut Rngs::new(0));
    let kernel = weight.to_shape((in_features, out_features)).unwrap();
    model.kernel.set_value(kernel);
    model.call(x)
}
