"""Rounds a NaN like a number."""

import jax
import jax.numpy as jnp
import numpy as np


def bf16_bits(data: bytes, to_bf16: bool) -> jax.Array:
    if not to_bf16:
        bits = np.frombuffer(data, "<u2").astype(np.uint32)
        return jnp.asarray(bits << 16)

    bits = np.frombuffer(data, "<u4", count=len(data) // 4)

    last = (bits >> 16) & 1
    rounded = (bits + 0x7FFF + last) >> 16

    return jnp.asarray(rounded)
