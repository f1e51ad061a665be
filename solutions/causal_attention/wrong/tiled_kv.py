"""Gives the key and value heads to the query heads in the order 0 1 0 1."""

import jax
import jax.numpy as jnp


def causal_attention(
    q: jax.Array,
    k: jax.Array,
    v: jax.Array,
    heads: int,
    kv_heads: int,
    seq: int,
    head_dim: int,
) -> jax.Array:
    q = q.reshape(heads, seq, head_dim)
    k = k.reshape(kv_heads, seq, head_dim)
    v = v.reshape(kv_heads, seq, head_dim)
    k = jnp.tile(k, (heads // kv_heads, 1, 1))
    v = jnp.tile(v, (heads // kv_heads, 1, 1))
    scores = q @ k.swapaxes(1, 2) / jnp.sqrt(head_dim)
    mask = jnp.tril(jnp.ones((seq, seq), bool))
    scores = jnp.where(mask, scores, -jnp.inf)
    summed = jax.nn.softmax(scores, axis=-1) @ v
    return summed.swapaxes(0, 1).reshape(-1)
