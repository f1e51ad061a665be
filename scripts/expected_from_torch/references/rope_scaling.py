"""The inv_freq of transformers' LlamaRotaryEmbedding."""

from transformers.models.llama.modeling_llama import LlamaRotaryEmbedding

import llama


def rope_scaling(theta, factor, low, high, orig, head_dim, scaled):
    rope = (theta, factor, low, high, orig) if scaled else (theta,)
    return LlamaRotaryEmbedding(llama.config(heads=1, head_dim=head_dim, rope=rope)).inv_freq
