use ndarray::Array1;
use nnx::{Linear, Rngs};

/// Applies a linear layer with the weights of a PyTorch checkpoint to `x`.
pub fn load_hf_weights(
    seed: i64,
    x: &Array1<f32>,
    hf_kernel_flat: &Array1<f32>,
    hf_bias_flat: &Array1<f32>,
    features: usize,
) -> Array1<f32> {
    // The layer provides the structure: which variables there are, and how they are used.
    // All of its random initial values are replaced below.
    let model = Linear::new(x.len(), features, &mut Rngs::new(seed));

    // PyTorch stored the weight row by row, one row for each output. First give the flat array that shape again ...
    let weight = hf_kernel_flat
        .to_shape((features, x.len()))
        .expect("a checkpoint has features * in weights");

    // ... and then transpose it: Flax has one row for each input. `t()` swaps the two dimensions and copies nothing;
    // `set_value` copies the view into the layer's own variable.
    model.kernel.set_value(weight.t());

    // The bias has one number for each output in both libraries. It has one dimension, so there is nothing to transpose.
    model.bias.set_value(hf_bias_flat);

    model.call(x)
}
