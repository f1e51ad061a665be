import jax
from flax import nnx


def state_translation(seed: int, x: jax.Array, bias: jax.Array, features: int) -> jax.Array:
    """Applies an NNX layer to `x`, sets its bias, and applies a Linen layer with the same arrays.

    Returns the sum of NNX's outputs and the sum of Linen's.
    """
    model = nnx.Linear(x.size, features, rngs=nnx.Rngs(seed))
    answer = model(x)

    raise NotImplementedError(f"set the bias to {bias} and translate the state for linen.Dense; NNX gave {answer}")
