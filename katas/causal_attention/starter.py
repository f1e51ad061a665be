import jax


def causal_attention(
    q: jax.Array,
    k: jax.Array,
    v: jax.Array,
    heads: int,
    kv_heads: int,
    seq: int,
    head_dim: int,
) -> jax.Array:
    """Computes causal attention with `heads` query heads that share `kv_heads` key and value heads.

    `q` is (heads, seq, head_dim), `k` and `v` are (kv_heads, seq, head_dim), each as a flat array; the result is
    (seq, heads * head_dim), flat as well.
    """
    q = q.reshape(heads, seq, head_dim)
    k = k.reshape(kv_heads, seq, head_dim)
    v = v.reshape(kv_heads, seq, head_dim)

    raise NotImplementedError(f"attend with the queries {q} to the keys {k} and sum the values {v}")
