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

    todo!(
        "load {} weights into a kernel of shape {:?}, load {} biases, and call the model for {x}",
        weight.len(),
        model.kernel.shape(),
        bias.len(),
    )
}
