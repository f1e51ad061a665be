"""What real Flax returns before and after a bias is loaded into the parts of a model."""

import jax.numpy as jnp
from flax import nnx


def split_merge_round_trip(seed, x, bias, features):
    model = nnx.Linear(x.shape[-1], features, rngs=nnx.Rngs(seed))
    before = model(x)
    graphdef, state = nnx.split(model)
    # Nothing is shared here: the merged model gets a new variable.
    state = nnx.State({"bias": nnx.Param(bias), "kernel": nnx.Param(state["kernel"][...])})
    after = nnx.merge(graphdef, state)(x)
    return jnp.stack([before.sum(), after.sum(), jnp.max(jnp.abs(before - after))])
