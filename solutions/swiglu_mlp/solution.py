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
    """Applies the gated MLP of Llama to each row of `x`.

    `x` is (rows, dim), `w_gate` and `w_up` are (inter, dim) and `w_down` is (dim, inter), each as a flat array; the result
    is (rows, dim), flat as well.
    """
    x = x.reshape(rows, dim)

    # Each weight gets the shape that PyTorch stored it in, (out, in). Down leads from `inter` to `dim`, so its shape is turned.
    w_gate = w_gate.reshape(inter, dim)
    w_up = w_up.reshape(inter, dim)
    w_down = w_down.reshape(dim, inter)

    # A linear layer of PyTorch multiplies by the transposed weight: (rows, dim) times (dim, inter).
    gate = x @ w_gate.T
    up = x @ w_up.T

    # Only the gate is bent. Up passes as it is, as far as the gate lets it.
    units = jax.nn.silu(gate) * up
    return (units @ w_down.T).reshape(-1)
