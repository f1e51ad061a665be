"""transformers' own repeat_kv."""

from transformers.models.llama import modeling_llama


def repeat_kv(kv, kv_heads, seq, head_dim, n_rep):
    return modeling_llama.repeat_kv(kv.reshape(1, kv_heads, seq, head_dim), n_rep).reshape(-1)
