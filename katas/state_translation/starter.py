import jax
from flax import nnx


def state_translation(seed: int, x: jax.Array, features: int) -> jax.Array:
    """Applies an NNX layer to `x`, and then a Linen layer with the same arrays.

    Returns the sum of NNX's outputs and the sum of Linen's.
    """
    model = nnx.Linear(x.size, features, rngs=nnx.Rngs(seed))
    answer = model(x)

    raise NotImplementedError(f"make linen.Dense give the same outputs as NNX: {answer}")
