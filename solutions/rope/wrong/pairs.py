"""Turns neighbors, each pair by its own angle: Meta's order."""

import jax
import jax.numpy as jnp


def rope(x: jax.Array, cos: jax.Array, sin: jax.Array, heads: int, seq: int, head_dim: int) -> jax.Array:
    x = x.reshape(heads, seq, head_dim)
    cos = cos.reshape(seq, head_dim)
    sin = sin.reshape(seq, head_dim)
    partner = jnp.stack([-x[..., 1::2], x[..., ::2]], axis=-1).reshape(x.shape)
    cos = jnp.repeat(cos[:, : head_dim // 2], 2, axis=-1)
    sin = jnp.repeat(sin[:, : head_dim // 2], 2, axis=-1)
    return (x * cos + partner * sin).reshape(-1)
