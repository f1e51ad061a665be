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
    // The mistake: the dict is made first. Its arrays are copies, and the bias in it stays zeros.
    let params = nnx::state(&model).to_pure_dict();
    model.bias.set_value(bias);
    let variables = PureDict::from([("params", params)]);
    let linen = Dense::new(features).apply(&variables, x);
    array![nnx.sum(), linen.sum()]
}
