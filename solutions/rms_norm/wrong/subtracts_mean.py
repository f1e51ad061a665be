"""Subtracts the mean first, as LayerNorm does."""

import jax
import jax.numpy as jnp


def rms_norm(x: jax.Array, weight: jax.Array, eps: float, rows: int, dim: int) -> jax.Array:
    x = x.reshape(rows, dim)
    x = x - jnp.mean(x, axis=-1, keepdims=True)
    mean_square = jnp.mean(jnp.square(x), axis=-1, keepdims=True)
    scale = jax.lax.rsqrt(mean_square + eps)
    return (x * scale * weight).reshape(-1)
