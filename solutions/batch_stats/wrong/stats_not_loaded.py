"""Loads the parameters, and leaves mean 0 and variance 1."""

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
    model = nnx.BatchNorm(c, use_running_average=True, epsilon=eps, rngs=nnx.Rngs(0))
    model.scale[...] = weight
    model.bias[...] = bias
    return model(x.reshape(n, c)).reshape(-1)
