"""transformers' apply_rotary_pos_emb, for queries; the keys are the same numbers and must come out the same."""

import torch
from transformers.models.llama.modeling_llama import apply_rotary_pos_emb


def rope(x, cos, sin, heads, seq, head_dim):
    x = x.reshape(1, heads, seq, head_dim)
    query, key = apply_rotary_pos_emb(x, x, cos.reshape(1, seq, head_dim), sin.reshape(1, seq, head_dim))
    assert torch.equal(query, key)
    return query.reshape(-1)
