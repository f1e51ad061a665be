use ndarray::Array1;
use nnx::{Linear, Rngs};

/// Answers `x` with a linear layer that has the weights of a PyTorch checkpoint.
pub fn load_hf_weights(
    seed: i64,
    x: &Array1<f32>,
    hf_kernel_flat: &Array1<f32>,
    hf_bias_flat: &Array1<f32>,
    features: usize,
) -> Array1<f32> {
    // The layer brings the structure: which variables there are, and how they are used.
    // The random values it is born with are all replaced below.
    let model = Linear::new(x.len(), features, &mut Rngs::new(seed));

    // PyTorch wrote the weight row after row, one row for each output. First give the run that shape back ...
    let weight = hf_kernel_flat
        .to_shape((features, x.len()))
        .expect("a checkpoint has features * in weights");

    // ... and then turn it: Flax keeps one row for each input. `t()` exchanges the two dimensions and moves no number;
    // `set_value` copies the view into the layer's own variable.
    model.kernel.set_value(weight.t());

    // One number for each output in both libraries. A bias has one dimension, so there is nothing to turn.
    model.bias.set_value(hf_bias_flat);

    model.call(x)
}
