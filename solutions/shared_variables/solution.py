import jax
import jax.numpy as jnp
from flax import nnx


class Pair(nnx.Module):
    """Two layers of the same sizes."""

    def __init__(self, inputs: int, features: int, rngs: nnx.Rngs):
        self.up = nnx.Linear(inputs, features, rngs=rngs)
        self.down = nnx.Linear(inputs, features, rngs=rngs)


def shared_variables(seed: int, x: jax.Array, features: int) -> jax.Array:
    """Edits models that were cloned, split and merged from one, and returns what the original, a merged copy and the clone give.

    Behind their outputs come three numbers about the split state: its leaves, the size of the first, and the size of all.
    """
    pair = Pair(x.size, features, nnx.Rngs(seed))
    # An attribute holds a variable, so both layers now have the same one. Nothing is copied, and the first kernel
    # of `down` is gone.
    pair.down.kernel = pair.up.kernel

    # All models before the first edit: a clone made later would be a clone of the edited model.
    clone = nnx.clone(pair)
    graphdef, state = nnx.split(pair)
    # The same variables as in `pair` ...
    merged = nnx.merge(graphdef, state)
    # ... and new ones with the same values, in which the layers are tied as well.
    separate = nnx.merge(graphdef, state, copy=True)

    # Sorted by path: down.bias, down.kernel, up.bias. The tied kernel is one leaf, under its first path.
    sizes = [variable.size for _, variable in nnx.to_flat_state(state)]

    # Both of these reach the original: through the shared bias, and through the kernel that is also `up`'s.
    merged.up.bias[...] += 1
    merged.down.kernel[...] *= 2
    # These do not.
    separate.up.bias[...] -= 1
    clone.down.kernel[...] *= 4

    counts = jnp.array([len(sizes), sizes[0], sum(sizes)], jnp.float32)
    return jnp.concatenate([pair.up(x), separate.up(x), clone.up(x), counts])
