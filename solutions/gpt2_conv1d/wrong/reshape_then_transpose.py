"""Reads the flat array as the (out, in) of a Linear."""

import jax
from flax import nnx


def gpt2_conv1d(
    x: jax.Array,
    weight: jax.Array,
    bias: jax.Array,
    in_features: int,
    out_features: int,
) -> jax.Array:
    model = nnx.Linear(in_features, out_features, rngs=nnx.Rngs(0))
    model.kernel[...] = weight.reshape(out_features, in_features).T
    model.bias[...] = bias
    return model(x)
