"""Moves the rows from halves to pairs."""

import jax


def meta_permute(
    w: jax.Array,
    heads: int,
    kv_heads: int,
    is_key: bool,
    rows: int,
    cols: int,
) -> jax.Array:
    count = kv_heads if is_key else heads
    halves = w.reshape(count, 2, rows // count // 2, cols)
    return halves.transpose(0, 2, 1, 3).reshape(-1)
