"""JAX's own attention: (batch, seq, heads, head_dim), with fewer key heads than query heads; it scales and masks by itself."""

import jax


def causal_attention(q, k, v, heads, kv_heads, seq, head_dim):
    q = q.reshape(1, heads, seq, head_dim).swapaxes(1, 2)
    k, v = (array.reshape(1, kv_heads, seq, head_dim).swapaxes(1, 2) for array in (k, v))
    return jax.nn.dot_product_attention(q, k, v, is_causal=True).reshape(-1)
