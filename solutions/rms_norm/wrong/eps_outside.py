"""Adds eps after the root."""

import jax
import jax.numpy as jnp


def rms_norm(x: jax.Array, weight: jax.Array, eps: float, rows: int, dim: int) -> jax.Array:
    x = x.reshape(rows, dim)
    mean_square = jnp.mean(jnp.square(x), axis=-1, keepdims=True)
    scale = 1 / (jnp.sqrt(mean_square) + eps)
    return (x * scale * weight).reshape(-1)
