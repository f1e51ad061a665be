import jax
import jax.numpy as jnp
from flax import linen, nnx


def state_translation(seed: int, x: jax.Array, bias: jax.Array, features: int) -> jax.Array:
    model = nnx.Linear(x.size, features, rngs=nnx.Rngs(seed))
    nnx_answer = model(x)
    # The mistake: the dict is made first. Its arrays do not follow the model, and the bias in it stays zeros.
    params = nnx.to_pure_dict(nnx.state(model))
    model.bias[...] = bias
    linen_answer = linen.Dense(features).apply({"params": params}, x)
    return jnp.stack([nnx_answer.sum(), linen_answer.sum()])
