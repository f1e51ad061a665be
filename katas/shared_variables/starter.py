import jax
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

    raise NotImplementedError(
        "tie the layers, clone, split, merge twice, edit, and call; the leaves are still "
        f"{[path for path, _ in nnx.to_flat_state(nnx.state(pair))]}"
    )
