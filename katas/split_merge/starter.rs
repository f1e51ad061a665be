use ndarray::Array1;
use nnx::{Linear, Rngs};

/// Splits a linear layer, loads `bias` into its state, and merges it again.
///
/// Returns the sum of its outputs before, the sum after, and the largest absolute difference between the outputs.
pub fn split_merge_round_trip(
    seed: i64,
    x: &Array1<f32>,
    bias: &Array1<f32>,
    features: usize,
) -> Array1<f32> {
    let model = Linear::new(x.len(), features, &mut Rngs::new(seed));
    let before = model.call(x);

    todo!("split the model, load {bias}, merge it again, and compare its outputs with {before}")
}
