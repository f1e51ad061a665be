use ndarray::{Array1, array};
use nnx::{Linear, Rngs};

pub fn split_merge_round_trip(
    _seed: i64,
    x: &Array1<f32>,
    bias: &Array1<f32>,
    features: usize,
) -> Array1<f32> {
    // The mistake: the 0 of every example.
    let model = Linear::new(x.len(), features, &mut Rngs::new(0));
    let before = model.call(x);

    let (graphdef, state) = nnx::split(&model);
    state["bias"].set_value(bias);
    let merged = nnx::merge(&graphdef, &state).unwrap();
    let after = merged.call(x);

    let difference = (&before - &after)
        .mapv(f32::abs)
        .fold(0.0_f32, |a, &b| a.max(b));
    array![before.sum(), after.sum(), difference]
}
