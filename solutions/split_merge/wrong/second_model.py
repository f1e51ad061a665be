import jax
import jax.numpy as jnp
from flax import nnx


def split_merge_round_trip(seed: int, x: jax.Array, features: int) -> jax.Array:
    rngs = nnx.Rngs(seed)
    model = nnx.Linear(x.size, features, rngs=rngs)
    before = model(x)

    # The mistake: a second model is created from the same stream, which has moved on.
    fresh = nnx.Linear(x.size, features, rngs=rngs)
    merged = nnx.merge(*nnx.split(fresh))
    after = merged(x)

    difference = jnp.max(jnp.abs(before - after))
    return jnp.stack([before.sum(), after.sum(), difference])
