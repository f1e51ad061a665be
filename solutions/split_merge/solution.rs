use ndarray::{Array1, array};
use nnx::{Linear, Rngs};

/// Takes a linear layer apart and puts it together again.
///
/// Returns the sum of its outputs before, the sum after, and the largest absolute difference between the outputs.
pub fn split_merge_round_trip(seed: i64, x: &Array1<f32>, features: usize) -> Array1<f32> {
    let model = Linear::new(x.len(), features, &mut Rngs::new(seed));
    let before = model.call(x);

    // The graphdef is the structure without numbers, the state is the variables without structure.
    let (graphdef, state) = nnx::split(&model);

    // Together they are a model again. It fails only if the state has not the leaves the graphdef names; this one has.
    let merged = nnx::merge(&graphdef, &state).expect("graphdef and state are of one model");
    let after = merged.call(x);

    // Output by output, before anything is summed: two sums can be equal although the outputs are not.
    let difference = (&before - &after)
        .iter()
        .fold(0.0_f32, |largest, d| largest.max(d.abs()));

    // `nnx::sum` adds in the order JAX has. These cases come out the same in every order.
    array![nnx::sum(&before), nnx::sum(&after), difference]
}
