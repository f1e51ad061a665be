import jax
import jax.numpy as jnp
from flax import nnx


def split_merge_round_trip(seed: int, x: jax.Array, bias: jax.Array, features: int) -> jax.Array:
    """Splits a linear layer, loads `bias` into its state, and merges it again.

    Returns the sum of its outputs before, the sum after, and the largest absolute difference between the outputs.
    """
    model = nnx.Linear(x.size, features, rngs=nnx.Rngs(seed))
    before = model(x)

    # The graphdef is the structure without numbers; the state is the variables without the structure.
    graphdef, state = nnx.split(model)

    # `[...]` sets the variable's array. The original has the same variable and changes as well, so `before` was computed first.
    state["bias"][...] = bias

    # Every number of the merged model comes from the state.
    merged = nnx.merge(graphdef, state)
    after = merged(x)

    # Compare output by output, before anything is summed: two sums can be equal although the outputs are not.
    difference = jnp.max(jnp.abs(before - after))

    return jnp.stack([before.sum(), after.sum(), difference])
