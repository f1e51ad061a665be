import jax
import jax.numpy as jnp
from flax import linen, nnx


def state_translation(seed: int, x: jax.Array, features: int) -> jax.Array:
    model = nnx.Linear(x.size, features, rngs=nnx.Rngs(seed))
    _graphdef, state = nnx.split(model)
    # The mistake: the transpose of the first kata, although no weights of PyTorch are involved.
    params = {"bias": state["bias"][...], "kernel": state["kernel"][...].T}
    linen_answer = linen.Dense(features).apply({"params": params}, x)
    return jnp.stack([model(x).sum(), linen_answer.sum()])
