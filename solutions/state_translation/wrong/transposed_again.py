import jax
import jax.numpy as jnp
from flax import linen, nnx


def state_translation(seed: int, x: jax.Array, bias: jax.Array, features: int) -> jax.Array:
    model = nnx.Linear(x.size, features, rngs=nnx.Rngs(seed))
    nnx_answer = model(x)
    model.bias[...] = bias
    _graphdef, state = nnx.split(model)
    # The mistake: the transpose of the first kata, although no weights of PyTorch are involved.
    params = {"bias": state["bias"][...], "kernel": state["kernel"][...].T}
    linen_answer = linen.Dense(features).apply({"params": params}, x)
    return jnp.stack([nnx_answer.sum(), linen_answer.sum()])
