import jax
import jax.numpy as jnp
from flax import linen, nnx


def state_translation(seed: int, x: jax.Array, bias: jax.Array, features: int) -> jax.Array:
    # The mistake: the 0 of every example.
    model = nnx.Linear(x.size, features, rngs=nnx.Rngs(0))
    nnx_answer = model(x)
    model.bias[...] = bias
    _graphdef, state = nnx.split(model)
    params = nnx.to_pure_dict(state)
    linen_answer = linen.Dense(features).apply({"params": params}, x)
    return jnp.stack([nnx_answer.sum(), linen_answer.sum()])
