"""Masks with a number that is not low enough."""

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
    k = jnp.repeat(k, heads // kv_heads, axis=0)
    v = jnp.repeat(v, heads // kv_heads, axis=0)
    scores = q @ k.swapaxes(1, 2) / jnp.sqrt(head_dim)
    mask = jnp.tril(jnp.ones((seq, seq), bool))
    # The mistake: scores may be lower than this.
    scores = jnp.where(mask, scores, -100.0)
    summed = jax.nn.softmax(scores, axis=-1) @ v
    return summed.swapaxes(0, 1).reshape(-1)
