use ndarray::{Array1, array};
use nnx::{Linear, Rngs};

pub fn split_merge_round_trip(
    seed: i64,
    x: &Array1<f32>,
    _bias: &Array1<f32>,
    features: usize,
) -> Array1<f32> {
    let model = Linear::new(x.len(), features, &mut Rngs::new(seed));
    let before = model.call(x);

    // The mistake: nothing happens between the two.
    let (graphdef, state) = nnx::split(&model);
    let merged = nnx::merge(&graphdef, &state).unwrap();
    let after = merged.call(x);

    let difference = (&before - &after)
        .mapv(f32::abs)
        .fold(0.0_f32, |a, &b| a.max(b));
    array![before.sum(), after.sum(), difference]
}
