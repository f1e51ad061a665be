"""Writes the numbers of one kernel into the other."""

import jax
import jax.numpy as jnp
from flax import nnx


class Pair(nnx.Module):
    def __init__(self, inputs: int, features: int, rngs: nnx.Rngs):
        self.up = nnx.Linear(inputs, features, rngs=rngs)
        self.down = nnx.Linear(inputs, features, rngs=rngs)


def shared_variables(seed: int, x: jax.Array, features: int) -> jax.Array:
    pair = Pair(x.size, features, nnx.Rngs(seed))
    pair.down.kernel[...] = pair.up.kernel[...]

    clone = nnx.clone(pair)
    graphdef, state = nnx.split(pair)
    merged = nnx.merge(graphdef, state)
    separate = nnx.merge(graphdef, state, copy=True)

    sizes = [variable.size for _, variable in nnx.to_flat_state(state)]

    merged.up.bias[...] += 1
    merged.down.kernel[...] *= 2
    separate.up.bias[...] -= 1
    clone.down.kernel[...] *= 4

    counts = jnp.array([len(sizes), sizes[0], sum(sizes)], jnp.float32)
    return jnp.concatenate([pair.up(x), separate.up(x), clone.up(x), counts])
