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

    # Each weight gets the shape in which PyTorch stored it, (out, in). Down maps `inter` to `dim`, so its shape is reversed.
    w_gate = w_gate.reshape(inter, dim)
    w_up = w_up.reshape(inter, dim)
    w_down = w_down.reshape(dim, inter)

    # A PyTorch linear layer multiplies by the transposed weight: (rows, dim) times (dim, inter).
    gate = x @ w_gate.T
    up = x @ w_up.T

    # silu is applied only to the gate. The result is multiplied by up, number by number.
    units = jax.nn.silu(gate) * up
    return (units @ w_down.T).reshape(-1)
