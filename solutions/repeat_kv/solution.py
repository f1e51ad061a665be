import jax
import jax.numpy as jnp


def repeat_kv(kv: jax.Array, kv_heads: int, seq: int, head_dim: int, n_rep: int) -> jax.Array:
    """Copies every key or value head `n_rep` times.

    `kv` is (kv_heads, seq, head_dim) as a flat array; the result is (kv_heads * n_rep, seq, head_dim), flat as well.
    """
    # Give the array its axes first: a flat array has no heads, so `repeat` would repeat each number by itself.
    heads = kv.reshape(kv_heads, seq, head_dim)

    # `repeat` puts the copies of one head next to each other: 0 0 1 1. `jnp.tile` would give 0 1 0 1.
    # The result has axes (kv_heads * n_rep, seq, head_dim).
    return jnp.repeat(heads, n_rep, axis=0).reshape(-1)
