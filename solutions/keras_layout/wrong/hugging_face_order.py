"""Reads the list in the order of Hugging Face's names."""

import jax
import jax.numpy as jnp
import numpy as np


def keras_layout(
    weights: jax.Array,
    dim: int,
    heads: int,
    kv_heads: int,
    head_dim: int,
    inter: int,
) -> jax.Array:
    rest = np.asarray(weights)

    def take(rows: int, columns: int) -> np.ndarray:
        nonlocal rest
        numbers, rest = np.split(rest, [rows * columns])
        return numbers.reshape(rows, columns)

    query = take(dim, heads * head_dim)
    key = take(dim, kv_heads * head_dim)
    value = take(dim, kv_heads * head_dim)
    output = take(heads * head_dim, dim)
    gate = take(dim, inter)
    up = take(dim, inter)
    down = take(inter, dim)
    input_norm = take(1, dim)
    post_norm = take(1, dim)

    matrices = [query.T, key.T, value.T, output.T, gate.T, up.T, down.T]
    arrays = [*matrices, input_norm, post_norm]
    return jnp.asarray(np.concatenate([array.reshape(-1) for array in arrays]))
