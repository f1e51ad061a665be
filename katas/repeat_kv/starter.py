import jax


def repeat_kv(kv: jax.Array, kv_heads: int, seq: int, head_dim: int, n_rep: int) -> jax.Array:
    """Copies every key or value head `n_rep` times.

    `kv` is (kv_heads, seq, head_dim) as a flat array; the result is (kv_heads * n_rep, seq, head_dim), flat as well.
    """
    heads = kv.reshape(kv_heads, seq, head_dim)

    raise NotImplementedError(f"repeat each head {n_rep} times: {heads}")
