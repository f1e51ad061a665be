import jax
import jax.numpy as jnp
from flax import nnx


def split_merge_round_trip(seed: int, x: jax.Array, bias: jax.Array, features: int) -> jax.Array:
    # The mistake: the 0 of every example.
    model = nnx.Linear(x.size, features, rngs=nnx.Rngs(0))
    before = model(x)

    graphdef, state = nnx.split(model)
    state["bias"][...] = bias
    merged = nnx.merge(graphdef, state)
    after = merged(x)

    difference = jnp.max(jnp.abs(before - after))
    return jnp.stack([before.sum(), after.sum(), difference])
