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
    model.bias.set_value(bias);
    // The mistake: the layer is no longer the one that was built.
    let nnx = model.call(x);
    let params = nnx::state(&model).to_pure_dict();
    let variables = PureDict::from([("params", params)]);
    let linen = Dense::new(features).apply(&variables, x);
    array![nnx.sum(), linen.sum()]
}
