use ndarray::{Array1, array};
use nnx::linen::Dense;
use nnx::{Linear, PureDict, Rngs};

pub fn state_translation(
    seed: i64,
    x: &Array1<f32>,
    bias: &Array1<f32>,
    features: usize,
) -> Array1<f32> {
    let mut rngs = Rngs::new(seed);
    let model = Linear::new(x.len(), features, &mut rngs);
    let nnx = model.call(x);
    // The mistake: weights for the Linen layer are drawn, not translated.
    let for_linen = Linear::new(x.len(), features, &mut rngs);
    for_linen.bias.set_value(bias);
    let (_, state) = nnx::split(&for_linen);
    let variables = PureDict::from([("params", state.to_pure_dict())]);
    let linen = Dense::new(features).apply(&variables, x);
    array![nnx.sum(), linen.sum()]
}
