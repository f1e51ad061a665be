use ndarray::{Array1, array};
use nnx::linen::Dense;
use nnx::{Linear, PureDict, Rngs};

/// Applies an NNX layer to `x`, sets its bias, and applies a Linen layer with the same arrays.
///
/// Returns the sum of NNX's outputs and the sum of Linen's.
pub fn state_translation(
    seed: i64,
    x: &Array1<f32>,
    bias: &Array1<f32>,
    features: usize,
) -> Array1<f32> {
    let model = Linear::new(x.len(), features, &mut Rngs::new(seed));
    let nnx_answer = model.call(x);

    // A new bias is all zeros: without this line, a translation that loses the bias would not be noticed.
    model.bias.set_value(bias);

    // Only the state is needed: Linen has its own structure, the `Dense` below.
    let (_graphdef, state) = nnx::split(&model);

    // `value()` copies the array out of its variable. The kernel needs no change: both APIs store it as (in, out).
    // `state.to_pure_dict()` returns this inner dict for a state of any size.
    let arrays = PureDict::from([
        ("bias", state["bias"].value()),
        ("kernel", state["kernel"].value()),
    ]);

    // The outer level is the collection. `batch_stats` would be a second entry here, beside `params`.
    let variables = PureDict::from([("params", arrays)]);

    // The layer has no weights of its own; it is applied to the dict and the input.
    let linen_answer = Dense::new(features).apply(&variables, x);

    array![nnx::sum(&nnx_answer), nnx::sum(&linen_answer)]
}
