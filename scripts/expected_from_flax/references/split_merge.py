"""What real Flax answers before and after a model is split and merged."""

import jax.numpy as jnp
from flax import nnx


def split_merge_round_trip(seed, x, features):
    model = nnx.Linear(x.shape[-1], features, rngs=nnx.Rngs(seed))
    before = model(x)
    graphdef, state = nnx.split(model)
    after = nnx.merge(graphdef, state)(x)
    return jnp.stack([before.sum(), after.sum(), jnp.max(jnp.abs(before - after))])
