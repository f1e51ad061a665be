"""scaled_dot_product_attention, which masks the later tokens and shares the key heads by itself."""

from torch.nn.functional import scaled_dot_product_attention


def causal_attention(q, k, v, heads, kv_heads, seq, head_dim):
    q = q.reshape(1, heads, seq, head_dim)
    k, v = (array.reshape(1, kv_heads, seq, head_dim) for array in (k, v))
    return scaled_dot_product_attention(q, k, v, is_causal=True, enable_gqa=True).transpose(1, 2).reshape(-1)
