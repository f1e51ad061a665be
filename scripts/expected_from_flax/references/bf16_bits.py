"""The bits that ml_dtypes, which JAX uses, gives for the same numbers; JAX must agree on those that it does not flush to zero."""

import jax.numpy as jnp
import ml_dtypes
import numpy as np


def bf16_bits(data, to_bf16):
    if not to_bf16:
        numbers = np.frombuffer(data, ml_dtypes.bfloat16)
        return numbers.astype(np.float32).view(np.uint32)
    numbers = np.frombuffer(data, "<f4")
    with np.errstate(invalid="ignore"):
        bits = numbers.astype(ml_dtypes.bfloat16).view(np.uint16)
    ordinary = np.abs(numbers) >= np.finfo(np.float32).tiny
    by_jax = np.asarray(jnp.asarray(numbers).astype(jnp.bfloat16)).view(np.uint16)
    assert np.array_equal(by_jax[ordinary], bits[ordinary])
    return bits.astype(np.uint32)
