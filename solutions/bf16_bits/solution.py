import jax
import jax.numpy as jnp
import numpy as np


def bf16_bits(data: bytes, to_bf16: bool) -> jax.Array:
    """Reads a tensor of bfloat16 as f32, or writes one of f32 as bfloat16; returns the bits of each number as uint32.

    `data` is little-endian: two bytes for each bfloat16 if `to_bf16` is false, four for each f32 if it is true.
    """
    if not to_bf16:
        # `<` means that the first byte is the low one. A bfloat16 is the upper half of an f32, so the lower half is zeros.
        # Infinity and NaN need no extra code. (In NumPy, `np.frombuffer(data, ml_dtypes.bfloat16)` reads the same values.)
        bits = np.frombuffer(data, "<u2").astype(np.uint32)
        return jnp.asarray(bits << 16)

    bits = np.frombuffer(data, "<u4", count=len(data) // 4)

    # Round to the nearest upper half: a lower half below 0x8000 adds 0, one above it adds 1. Exactly 0x8000 is halfway: the
    # last bit that stays decides, so that the result is even. A carry into the exponent is correct: it gives the next number.
    last = (bits >> 16) & 1
    rounded = (bits + 0x7FFF + last) >> 16

    # A NaN has all exponent bits set and a mantissa that is not zero. Rounding could turn it into infinity or zero.
    nan = (bits & 0x7FFFFFFF) > 0x7F800000
    sign = (bits >> 16) & 0x8000
    return jnp.asarray(np.where(nan, sign | 0x7FC0, rounded).astype(np.uint32))
