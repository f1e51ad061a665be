import jax
import jax.numpy as jnp
from flax import nnx


def split_merge_round_trip(seed: int, x: jax.Array, bias: jax.Array, features: int) -> jax.Array:
    rngs = nnx.Rngs(seed)
    model = nnx.Linear(x.size, features, rngs=rngs)
    before = model(x)

    # The mistake: a second model is created from the same stream, which has moved on.
    fresh = nnx.Linear(x.size, features, rngs=rngs)
    graphdef, state = nnx.split(fresh)
    state["bias"][...] = bias
    merged = nnx.merge(graphdef, state)
    after = merged(x)

    difference = jnp.max(jnp.abs(before - after))
    return jnp.stack([before.sum(), after.sum(), difference])
