"""The heads in the order 0 1 0 1."""

import jax
import jax.numpy as jnp


def repeat_kv(kv: jax.Array, kv_heads: int, seq: int, head_dim: int, n_rep: int) -> jax.Array:
    heads = kv.reshape(kv_heads, seq, head_dim)
    return jnp.tile(heads, (n_rep, 1, 1)).reshape(-1)
