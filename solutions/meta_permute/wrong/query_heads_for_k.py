"""Cuts the key weight into as many heads as the query weight has."""

import jax


def meta_permute(
    w: jax.Array,
    heads: int,
    kv_heads: int,
    is_key: bool,
    rows: int,
    cols: int,
) -> jax.Array:
    pairs = w.reshape(heads, rows // heads // 2, 2, cols)
    return pairs.transpose(0, 2, 1, 3).reshape(-1)
