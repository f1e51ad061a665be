use ndarray::Array1;
use nnx::{BatchNorm, Rngs};

/// Applies a trained batch norm of a PyTorch checkpoint to `x`.
///
/// `x` is (n, c), row by row; the four arrays have one number for each channel. The result is flat as well.
pub fn batch_stats(
    x: &Array1<f32>,
    weight: &Array1<f32>,
    bias: &Array1<f32>,
    running_mean: &Array1<f32>,
    running_var: &Array1<f32>,
    eps: f32,
    n: usize,
    c: usize,
) -> Array1<f32> {
    // A trained model uses its running statistics. By default, the layer would use the statistics of `x`, as in training.
    // eps is not an array in the checkpoint: it comes from the config.
    let model = BatchNorm {
        use_running_average: true,
        epsilon: eps,
        ..BatchNorm::new(c, &mut Rngs::new(0))
    };

    // Load the parameters. PyTorch's weight is Flax's scale.
    model.scale.set_value(weight);
    model.bias.set_value(bias);

    // Load the statistics, which are BatchStats, not Params. The variance is stored as it is, without a square root.
    model.mean.set_value(running_mean);
    model.var.set_value(running_var);

    // The channels come last, so each column has its own statistics.
    let x = x.to_shape((n, c)).unwrap();
    model.call(&x).flatten().into_owned()
}
