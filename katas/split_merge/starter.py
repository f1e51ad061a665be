import jax
from flax import nnx


def split_merge_round_trip(seed: int, x: jax.Array, bias: jax.Array, features: int) -> jax.Array:
    """Splits a linear layer, loads `bias` into its state, and merges it again.

    Returns the sum of its outputs before, the sum after, and the largest absolute difference between the outputs.
    """
    model = nnx.Linear(x.size, features, rngs=nnx.Rngs(seed))
    before = model(x)

    raise NotImplementedError(f"split the model, load {bias}, merge it again, and compare its outputs with {before}")
