"""Reshapes gate and up to (dim, inter) and does not transpose them."""

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
    w_gate = w_gate.reshape(dim, inter)
    w_up = w_up.reshape(dim, inter)
    w_down = w_down.reshape(dim, inter)
    gate = x @ w_gate
    up = x @ w_up
    units = jax.nn.silu(gate) * up
    return (units @ w_down.T).reshape(-1)
