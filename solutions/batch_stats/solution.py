import jax
from flax import nnx


def batch_stats(
    x: jax.Array,
    weight: jax.Array,
    bias: jax.Array,
    running_mean: jax.Array,
    running_var: jax.Array,
    eps: float,
    n: int,
    c: int,
) -> jax.Array:
    """Applies a trained batch norm of a PyTorch checkpoint to `x`.

    `x` is (n, c), row by row; the four arrays have one number for each channel. The result is flat as well.
    """
    # A trained model uses its running statistics. By default, the layer would use the statistics of `x`, as in training.
    # eps is not an array in the checkpoint: it comes from the config.
    model = nnx.BatchNorm(c, use_running_average=True, epsilon=eps, rngs=nnx.Rngs(0))

    # Load the parameters. PyTorch's weight is Flax's scale.
    model.scale[...] = weight
    model.bias[...] = bias

    # Load the statistics, which are BatchStats, not Params. The variance is stored as it is, without a square root.
    model.mean[...] = running_mean
    model.var[...] = running_var

    # The channels come last, so each column has its own statistics.
    return model(x.reshape(n, c)).reshape(-1)
