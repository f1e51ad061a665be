import jax
import jax.numpy as jnp


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

    # Neighboring query heads share a key head and a value head, as in `repeat_kv`.
    k = jnp.repeat(k, heads // kv_heads, axis=0)
    v = jnp.repeat(v, heads // kv_heads, axis=0)

    # In each head, row i, column j is the score of query i and key j. The scale is applied here, and nowhere else.
    scores = q @ k.swapaxes(1, 2) / jnp.sqrt(head_dim)

    # Query i sees keys 0 to i. The rest are masked before the softmax, so that the weights of keys 0 to i sum to 1.
    mask = jnp.tril(jnp.ones((seq, seq), bool))
    scores = jnp.where(mask, scores, -jnp.inf)

    # `jax.nn.softmax` subtracts the largest score of each row, so nothing overflows.
    summed = jax.nn.softmax(scores, axis=-1) @ v

    # (heads, seq, head_dim) becomes (seq, heads, head_dim): the heads of one token are now side by side.
    return summed.swapaxes(0, 1).reshape(-1)
