//! Takes the weight for the bias and the bias for the weight.

use ndarray::Array1;
use nnx::{BatchNorm, Rngs};

pub fn batch_stats(
    x: &Array1<f32>,
    weight: &Array1<f32>,
    bias: &Array1<f32>,
    running_mean: &Array1<f32>,
    running_var: &Array1<f32>,
    eps: f32,
    n: usize,
    c: usize,
) -> Array1<f32> {
    let model = BatchNorm {
        use_running_average: true,
        epsilon: eps,
        ..BatchNorm::new(c, &mut Rngs::new(0))
    };
    model.scale.set_value(bias);
    model.bias.set_value(weight);
    model.mean.set_value(running_mean);
    model.var.set_value(running_var);
    model
        .call(&x.to_shape((n, c)).unwrap())
        .flatten()
        .into_owned()
}
