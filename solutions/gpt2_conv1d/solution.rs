use ndarray::Array1;
use nnx::{Linear, Rngs};

/// Applies a linear layer with the weights of GPT-2's `Conv1D` to `x`.
///
/// `weight` is (in_features, out_features), row by row; `bias` has one number for each output.
pub fn gpt2_conv1d(
    x: &Array1<f32>,
    weight: &Array1<f32>,
    bias: &Array1<f32>,
    in_features: usize,
    out_features: usize,
) -> Array1<f32> {
    let model = Linear::new(in_features, out_features, &mut Rngs::new(0));

    // A Conv1D multiplies from the right, x · weight, as Flax does. So its weight is already (in, out), with one row for
    // each input, and only has to be reshaped.
    let kernel = weight.to_shape((in_features, out_features)).unwrap();
    model.kernel.set_value(kernel);

    // The bias has one number for each output, as in every linear layer.
    model.bias.set_value(bias);

    model.call(x)
}
