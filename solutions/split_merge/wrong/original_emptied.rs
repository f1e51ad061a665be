use ndarray::{Array1, Array2, array};
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
    // The mistake: "to be sure that nothing comes from the original any more". The state holds the original's own variables.
    model.kernel.set_value(Array2::zeros((x.len(), features)));
    let merged = nnx::merge(&graphdef, &state).unwrap();
    let after = merged.call(x);

    let difference = (&before - &after)
        .mapv(f32::abs)
        .fold(0.0_f32, |a, &b| a.max(b));
    array![before.sum(), after.sum(), difference]
}
