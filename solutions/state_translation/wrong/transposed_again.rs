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
    // The mistake: the transpose of the first kata, where there is no PyTorch in sight.
    let kernel = state["kernel"].array2().reversed_axes();
    let bias = state["bias"].array1().into_dyn();
    let params = PureDict::from([("kernel", kernel.into_dyn()), ("bias", bias)]);
    let variables = PureDict::from([("params", params)]);
    let linen = Dense::new(features).apply(&variables, x);
    array![nnx.sum(), linen.sum()]
}
