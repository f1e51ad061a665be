use ndarray::{Array1, array};
use nnx::{Linear, Rngs};

pub fn split_merge_round_trip(
    seed: i64,
    x: &Array1<f32>,
    bias: &Array1<f32>,
    features: usize,
) -> Array1<f32> {
    let model = Linear::new(x.len(), features, &mut Rngs::new(seed));
    let before = model.call(x);

    let (graphdef, state) = nnx::split(&model);
    state["bias"].set_value(bias);
    let merged = nnx::merge(&graphdef, &state).unwrap();
    let after = merged.call(x);

    // The mistake: a difference below zero is never the largest.
    let difference = (&after - &before).fold(f32::NEG_INFINITY, |a, &b| a.max(b));
    array![before.sum(), after.sum(), difference]
}
