import jax
import jax.numpy as jnp
from flax import nnx


class Pair(nnx.Module):
    """Two layers of the same sizes."""

    def __init__(self, inputs: int, features: int, rngs: nnx.Rngs):
        self.up = nnx.Linear(inputs, features, rngs=rngs)
        self.down = nnx.Linear(inputs, features, rngs=rngs)


def shared_variables(seed: int, x: jax.Array, features: int) -> jax.Array:
    """Edits models that were cloned, split and merged from one, and returns the outputs of the original, a merged copy and the clone.

    Three numbers about the split state follow: the count of its leaves, the size of the first, and the size of all.
    """
    pair = Pair(x.size, features, nnx.Rngs(seed))
    # An attribute refers to a variable, so both layers now have the same one. No array is copied, and the original kernel
    # of `down` is no longer used.
    pair.down.kernel = pair.up.kernel

    # Create all models before the first edit: a later clone would be a clone of the edited model.
    clone = nnx.clone(pair)
    graphdef, state = nnx.split(pair)
    # This model has the same variables as `pair` ...
    merged = nnx.merge(graphdef, state)
    # ... and this one has new variables with the same values. Its layers are tied as well.
    separate = nnx.merge(graphdef, state, copy=True)

    # The leaves are sorted by path: down.bias, down.kernel, up.bias. The tied kernel is one leaf, under its first path.
    sizes = [variable.size for _, variable in nnx.to_flat_state(state)]

    # Both of these edits change the original: one through the shared bias, one through the kernel that is also `up`'s.
    merged.up.bias[...] += 1
    merged.down.kernel[...] *= 2
    # These edits do not change the original.
    separate.up.bias[...] -= 1
    clone.down.kernel[...] *= 4

    counts = jnp.array([len(sizes), sizes[0], sum(sizes)], jnp.float32)
    return jnp.concatenate([pair.up(x), separate.up(x), clone.up(x), counts])
