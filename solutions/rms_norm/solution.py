import jax
import jax.numpy as jnp


def rms_norm(x: jax.Array, weight: jax.Array, eps: float, rows: int, dim: int) -> jax.Array:
    """Divides each row of `x` by its root mean square, and multiplies each column by its weight.

    `x` is (rows, dim) as a flat array, and so is the result.
    """
    x = x.reshape(rows, dim)

    # One number for each row: the mean of the squares. With `keepdims`, the array is (rows, 1), which broadcasts along the row.
    mean_square = jnp.mean(jnp.square(x), axis=-1, keepdims=True)

    # eps goes under the root. A row of zeros is then divided by √eps, and stays a row of zeros.
    scale = jax.lax.rsqrt(mean_square + eps)

    # The weight has one number for each column: (dim,) broadcasts to every row.
    return (x * scale * weight).reshape(-1)
