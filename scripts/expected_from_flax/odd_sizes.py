"""Writes katas/{llama_logits,greedy_llama}/odd_sizes.safetensors: a Llama with random weights whose sizes are all different.

In the other files of the two katas, heads * head_dim equals hidden, and inter is twice as large. An answer that relies on this
must not pass. NumPy draws the numbers from a seed, so the file is always the same; the references give the expected outputs.
"""

from pathlib import Path

import numpy as np
from safetensors.numpy import save

HIDDEN, INTER, HEADS, KV_HEADS, HEAD_DIM, VOCAB = 12, 20, 4, 2, 4, 16


def main():
    random = np.random.default_rng(20261128)
    matrix = lambda *shape: (random.standard_normal(shape) / np.sqrt(shape[-1])).astype(np.float32)
    scale = lambda: (1 + 0.25 * random.standard_normal(HIDDEN)).astype(np.float32)
    layer = "model.layers.0."
    tensors = {
        "model.embed_tokens.weight": random.standard_normal((VOCAB, HIDDEN)).astype(np.float32),
        layer + "input_layernorm.weight": scale(),
        layer + "self_attn.q_proj.weight": 2 * matrix(HEADS * HEAD_DIM, HIDDEN),
        layer + "self_attn.k_proj.weight": 2 * matrix(KV_HEADS * HEAD_DIM, HIDDEN),
        layer + "self_attn.v_proj.weight": 2 * matrix(KV_HEADS * HEAD_DIM, HIDDEN),
        layer + "self_attn.o_proj.weight": matrix(HIDDEN, HEADS * HEAD_DIM),
        layer + "post_attention_layernorm.weight": scale(),
        layer + "mlp.gate_proj.weight": 2 * matrix(INTER, HIDDEN),
        layer + "mlp.up_proj.weight": matrix(INTER, HIDDEN),
        layer + "mlp.down_proj.weight": matrix(HIDDEN, INTER),
        "model.norm.weight": scale(),
        "lm_head.weight": 2 * matrix(VOCAB, HIDDEN),
    }
    root = Path(__file__).resolve().parents[2]
    for kata in ("llama_logits", "greedy_llama"):
        (root / "katas" / kata / "odd_sizes.safetensors").write_bytes(save(tensors))


if __name__ == "__main__":
    main()
