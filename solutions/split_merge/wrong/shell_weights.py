import jax
import jax.numpy as jnp
from flax import nnx


def split_merge_round_trip(seed: int, x: jax.Array, bias: jax.Array, features: int) -> jax.Array:
    model = nnx.Linear(x.size, features, rngs=nnx.Rngs(seed))
    before = model(x)

    # The mistake: an empty model to merge into, whose own state is merged instead of the first one's.
    shell = nnx.Linear(x.size, features, rngs=nnx.Rngs(0))
    graphdef, state = nnx.split(shell)
    state["bias"][...] = bias
    merged = nnx.merge(graphdef, state)
    after = merged(x)

    difference = jnp.max(jnp.abs(before - after))
    return jnp.stack([before.sum(), after.sum(), difference])
