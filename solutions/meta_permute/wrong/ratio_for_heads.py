"""Cuts the key weight into heads // kv_heads heads."""

import jax


def meta_permute(
    w: jax.Array,
    heads: int,
    kv_heads: int,
    is_key: bool,
    rows: int,
    cols: int,
) -> jax.Array:
    count = heads // kv_heads if is_key else heads
    pairs = w.reshape(count, rows // count // 2, 2, cols)
    return pairs.transpose(0, 2, 1, 3).reshape(-1)
