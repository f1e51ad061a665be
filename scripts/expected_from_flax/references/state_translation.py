"""What real Flax returns with a new `nnx.Linear`, and with a `linen.Dense` given its kernel and the bias."""

import jax.numpy as jnp
from flax import linen, nnx


def state_translation(seed, x, bias, features):
    model = nnx.Linear(x.shape[-1], features, rngs=nnx.Rngs(seed))
    # The bias comes from the arguments, not from a model in which it was set.
    variables = {"params": {"bias": bias, "kernel": nnx.state(model)["kernel"][...]}}
    answer = linen.Dense(features).apply(variables, x)
    return jnp.stack([model(x).sum(), answer.sum()])
