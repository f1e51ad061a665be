"""Has the minus on the second half."""

import jax
import jax.numpy as jnp


def rope(x: jax.Array, cos: jax.Array, sin: jax.Array, heads: int, seq: int, head_dim: int) -> jax.Array:
    x = x.reshape(heads, seq, head_dim)
    cos = cos.reshape(seq, head_dim)
    sin = sin.reshape(seq, head_dim)
    first, second = jnp.split(x, 2, axis=-1)
    partner = jnp.concatenate([second, -first], axis=-1)
    return (x * cos + partner * sin).reshape(-1)
