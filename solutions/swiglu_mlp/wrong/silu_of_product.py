"""Applies silu to the product."""

import jax


def swiglu_mlp(
    x: jax.Array,
    w_gate: jax.Array,
    w_up: jax.Array,
    w_down: jax.Array,
    rows: int,
    dim: int,
    inter: int,
) -> jax.Array:
    x = x.reshape(rows, dim)
    w_gate = w_gate.reshape(inter, dim)
    w_up = w_up.reshape(inter, dim)
    w_down = w_down.reshape(dim, inter)
    gate = x @ w_gate.T
    up = x @ w_up.T
    units = jax.nn.silu(gate * up)
    return (units @ w_down.T).reshape(-1)
