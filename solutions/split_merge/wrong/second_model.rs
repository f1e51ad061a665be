use ndarray::{Array1, array};
use nnx::{Linear, Rngs};

pub fn split_merge_round_trip(
    seed: i64,
    x: &Array1<f32>,
    bias: &Array1<f32>,
    features: usize,
) -> Array1<f32> {
    let mut rngs = Rngs::new(seed);
    let model = Linear::new(x.len(), features, &mut rngs);
    let before = model.call(x);

    // The mistake: a second model, "the same again" - but the stream has moved on.
    let fresh = Linear::new(x.len(), features, &mut rngs);
    let (graphdef, state) = nnx::split(&fresh);
    state["bias"].set_value(bias);
    let merged = nnx::merge(&graphdef, &state).unwrap();
    let after = merged.call(x);

    let difference = (&before - &after)
        .mapv(f32::abs)
        .fold(0.0_f32, |a, &b| a.max(b));
    array![before.sum(), after.sum(), difference]
}
