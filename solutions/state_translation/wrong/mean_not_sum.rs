use ndarray::{Array1, array};
use nnx::linen::Dense;
use nnx::{Linear, PureDict, Rngs};

pub fn state_translation(
    seed: i64,
    x: &Array1<f32>,
    bias: &Array1<f32>,
    features: usize,
) -> Array1<f32> {
    let model = Linear::new(x.len(), features, &mut Rngs::new(seed));
    let nnx = model.call(x);
    model.bias.set_value(bias);
    let (_, state) = nnx::split(&model);
    let variables = PureDict::from([("params", state.to_pure_dict())]);
    let linen = Dense::new(features).apply(&variables, x);
    // The mistake: means.
    array![nnx.mean().unwrap(), linen.mean().unwrap()]
}
