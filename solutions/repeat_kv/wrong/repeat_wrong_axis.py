"""Repeats the positions of a head, not the heads."""

import jax
import jax.numpy as jnp


def repeat_kv(kv: jax.Array, kv_heads: int, seq: int, head_dim: int, n_rep: int) -> jax.Array:
    heads = kv.reshape(kv_heads, seq, head_dim)
    return jnp.repeat(heads, n_rep, axis=1).reshape(-1)
