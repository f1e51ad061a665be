use ndarray::{Array1, array};
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

    // The graphdef is the structure without numbers; the state is the variables without the structure.
    let (graphdef, state) = nnx::split(&model);

    // The original has the same variable and changes as well, so `before` was computed first.
    state["bias"].set_value(bias);

    // Every number of the merged model comes from the state.
    // Merging fails only if the state lacks leaves that the graphdef names, and this state has all of them.
    let merged = nnx::merge(&graphdef, &state).expect("graphdef and state come from the same model");
    let after = merged.call(x);

    // Compare output by output, before anything is summed: two sums can be equal although the outputs are not.
    let difference = (&before - &after)
        .iter()
        .fold(0.0_f32, |largest, d| largest.max(d.abs()));

    // `nnx::sum` adds in JAX's order. In this kata's cases, every order gives the same sum.
    array![nnx::sum(&before), nnx::sum(&after), difference]
}
