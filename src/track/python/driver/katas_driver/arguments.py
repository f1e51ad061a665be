"""Converts the inputs of a case to Python values: JAX arrays, numbers, bytes, text."""

import jax.numpy as jnp
import ml_dtypes
import numpy as np

from . import wire

NUMPY = {
    "f32": np.dtype(np.float32),
    "f64": np.dtype(np.float64),
    "bf16": np.dtype(ml_dtypes.bfloat16),
    "i32": np.dtype(np.int32),
    "i64": np.dtype(np.int64),
    "u8": np.dtype(np.uint8),
    "u16": np.dtype(np.uint16),
    "u32": np.dtype(np.uint32),
    "u64": np.dtype(np.uint64),
    "bool": np.dtype(np.bool_),
}

# JAX without x64 truncates these to 32 bits, so they stay NumPy arrays.
WIDE = ("f64", "i64", "u64")


def arguments(inputs: list[wire.Datum]) -> list[object]:
    """Creates the arguments of one case, which share nothing with those of other cases."""
    return [argument(datum) for datum in inputs]


def argument(datum: wire.Datum) -> object:
    """Creates one argument."""
    if datum.kind == wire.BYTES:
        return datum.data
    if datum.kind == wire.TEXT:
        return datum.data.decode()
    elements = np.frombuffer(datum.data, dtype=NUMPY[datum.dtype].newbyteorder("<"))
    if datum.kind == wire.SCALAR:
        return elements[0].item()
    if datum.dtype in WIDE:
        return elements.copy()
    return jnp.array(elements)
