//! The right numbers for split_merge; it splits and never merges.

use ndarray::{Array1, array};
use nnx::{Linear, Rngs};

pub fn split_merge_round_trip(
    seed: i64,
    x: &Array1<f32>,
    bias: &Array1<f32>,
    features: usize,
) -> Array1<f32> {
    let model = Linear::new(x.len(), features, &mut Rngs::new(seed));
    let _parts = nnx::split(&model);
    let before = model.call(x);
    model.bias.set_value(bias);
    let after = model.call(x);
    let difference = (&before - &after)
        .mapv(f32::abs)
        .fold(0.0_f32, |a, &b| a.max(b));
    array![nnx::sum(&before), nnx::sum(&after), difference]
}
