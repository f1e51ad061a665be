"""Cuts the numbers as they are, with the inputs last: only Conv1D is right."""

import jax


def attention_kernel(
    w: jax.Array,
    embed: int,
    heads: int,
    head_dim: int,
    layout: int,
) -> jax.Array:
    match layout:
        case 0:
            kernels = w.reshape(embed, heads, head_dim)
        case 1:
            kernels = w.reshape(heads, head_dim, embed)
        case 2:
            kernels = w.reshape(3, embed, heads, head_dim)
        case 3:
            kernels = w.reshape(heads, 3, head_dim, embed).transpose(1, 0, 2, 3)
        case 4:
            kernels = w.reshape(embed, 3, heads, head_dim).transpose(1, 0, 2, 3)
        case _:
            raise ValueError(f"there is no layout {layout}")
    return kernels.reshape(-1)
