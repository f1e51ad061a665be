import jax


def rope(x: jax.Array, cos: jax.Array, sin: jax.Array, heads: int, seq: int, head_dim: int) -> jax.Array:
    """Rotates the queries or keys of every head by the angles of their positions, in Hugging Face's order.

    `x` is (heads, seq, head_dim), `cos` and `sin` are (seq, head_dim), each as a flat array; the result is like `x`.
    """
    x = x.reshape(heads, seq, head_dim)
    cos = cos.reshape(seq, head_dim)
    sin = sin.reshape(seq, head_dim)

    raise NotImplementedError(f"rotate {x} by the angles with the cosines {cos} and the sines {sin}")
