"""What real Flax answers with an `nnx.Linear`, and with a `linen.Dense` given the same arrays."""

import jax.numpy as jnp
from flax import linen, nnx


def state_translation(seed, x, features):
    model = nnx.Linear(x.shape[-1], features, rngs=nnx.Rngs(seed))
    _, state = nnx.split(model)
    variables = {"params": {"bias": state["bias"][...], "kernel": state["kernel"][...]}}
    answer = linen.Dense(features).apply(variables, x)
    return jnp.stack([model(x).sum(), answer.sum()])
