import jax
import jax.numpy as jnp
from flax import linen, nnx


def state_translation(seed: int, x: jax.Array, bias: jax.Array, features: int) -> jax.Array:
    rngs = nnx.Rngs(seed)
    model = nnx.Linear(x.size, features, rngs=rngs)
    nnx_answer = model(x)
    # The mistake: the weights for the Linen layer are drawn, not translated.
    for_linen = nnx.Linear(x.size, features, rngs=rngs)
    for_linen.bias[...] = bias
    _graphdef, state = nnx.split(for_linen)
    params = nnx.to_pure_dict(state)
    linen_answer = linen.Dense(features).apply({"params": params}, x)
    return jnp.stack([nnx_answer.sum(), linen_answer.sum()])
