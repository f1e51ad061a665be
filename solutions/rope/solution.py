import jax
import jax.numpy as jnp


def rope(x: jax.Array, cos: jax.Array, sin: jax.Array, heads: int, seq: int, head_dim: int) -> jax.Array:
    """Rotates the queries or keys of every head by the angles of their positions, in Hugging Face's order.

    `x` is (heads, seq, head_dim), `cos` and `sin` are (seq, head_dim), each as a flat array; the result is like `x`.
    """
    x = x.reshape(heads, seq, head_dim)
    cos = cos.reshape(seq, head_dim)
    sin = sin.reshape(seq, head_dim)

    # The number of the partner, half a head away. (a, b) becomes (a cos - b sin, b cos + a sin): only the first half gets
    # the minus sign.
    first, second = jnp.split(x, 2, axis=-1)
    partner = jnp.concatenate([-second, first], axis=-1)

    # The tables contain each angle for both partners. (seq, head_dim) broadcasts to every head.
    return (x * cos + partner * sin).reshape(-1)
