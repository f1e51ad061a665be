import jax
import jax.numpy as jnp
from flax import linen, nnx


def state_translation(seed: int, x: jax.Array, bias: jax.Array, features: int) -> jax.Array:
    """Applies an NNX layer to `x`, sets its bias, and applies a Linen layer with the same arrays.

    Returns the sum of NNX's outputs and the sum of Linen's.
    """
    model = nnx.Linear(x.size, features, rngs=nnx.Rngs(seed))
    nnx_answer = model(x)

    # A new bias is all zeros: without this line, a translation that loses the bias would not be noticed.
    model.bias[...] = bias

    # Only the state is needed: Linen has its own structure, the `Dense` below.
    _graphdef, state = nnx.split(model)

    # `[...]` reads the array out of its variable. The kernel needs no change: both APIs store it as (in, out).
    # `nnx.to_pure_dict(state)` returns this inner dict for a state of any size.
    arrays = {"bias": state["bias"][...], "kernel": state["kernel"][...]}

    # The outer level is the collection. `batch_stats` would be a second entry here, beside `params`.
    variables = {"params": arrays}

    # The layer has no weights of its own; it is applied to the dict and the input.
    linen_answer = linen.Dense(features).apply(variables, x)

    return jnp.stack([nnx_answer.sum(), linen_answer.sum()])
