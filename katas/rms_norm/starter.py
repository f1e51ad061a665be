import jax


def rms_norm(x: jax.Array, weight: jax.Array, eps: float, rows: int, dim: int) -> jax.Array:
    """Divides each row of `x` by its root mean square, and multiplies each column by its weight.

    `x` is (rows, dim) as a flat array, and so is the result.
    """
    x = x.reshape(rows, dim)

    raise NotImplementedError(f"normalize each row with eps {eps}, then apply {weight}: {x}")
