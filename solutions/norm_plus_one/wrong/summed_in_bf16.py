"""Adds in bf16."""

import jax
import jax.numpy as jnp


def norm_plus_one(w: jax.Array, file_adds: bool, model_adds: bool) -> jax.Array:
    if file_adds == model_adds:
        return w
    if file_adds:
        return (w.astype(jnp.bfloat16) + 1).astype(jnp.float32)
    return (w.astype(jnp.bfloat16) - 1).astype(jnp.float32)
