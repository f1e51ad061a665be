use ndarray::Array1;
use nnx::{Linear, Rngs};

/// Applies a linear layer with the weights of a PyTorch checkpoint to `x`.
///
/// `hf_kernel_flat` is PyTorch's (features, in) weight, row by row; `hf_bias_flat` has one number for each output.
pub fn load_hf_weights(
    seed: i64,
    x: &Array1<f32>,
    hf_kernel_flat: &Array1<f32>,
    hf_bias_flat: &Array1<f32>,
    features: usize,
) -> Array1<f32> {
    let model = Linear::new(x.len(), features, &mut Rngs::new(seed));

    todo!(
        "load {} weights into a kernel of shape {:?}, load {} biases, and call the model",
        hf_kernel_flat.len(),
        model.kernel.shape(),
        hf_bias_flat.len(),
    )
}
