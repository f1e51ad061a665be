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

    raise NotImplementedError(f"apply {w_gate}, {w_up} and {w_down} with {inter} units to {x}")
