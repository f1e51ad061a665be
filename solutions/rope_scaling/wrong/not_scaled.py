"""Ignores the scaling."""

import jax
import jax.numpy as jnp


def rope_scaling(
    theta: float,
    factor: float,
    low: float,
    high: float,
    orig: int,
    head_dim: int,
    scaled: bool,
) -> jax.Array:
    frequency = 1 / theta ** (jnp.arange(0, head_dim, 2) / head_dim)
    return frequency
