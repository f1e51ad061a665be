import jax
import numpy as np


def bf16_bits(data: bytes, to_bf16: bool) -> jax.Array:
    """Reads a tensor of bfloat16 as f32, or writes one of f32 as bfloat16; returns the bits of each number as uint32.

    `data` is little-endian: two bytes for each bfloat16 if `to_bf16` is false, four for each f32 if it is true.
    """
    octets = np.frombuffer(data, np.uint8)
    if not to_bf16:
        raise NotImplementedError(f"put two bytes together, and make the bits of an f32: {octets.reshape(-1, 2)}")

    raise NotImplementedError(f"put four bytes together, round, and take care of NaN: {octets.reshape(-1, 4)}")
