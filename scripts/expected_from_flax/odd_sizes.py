"""Writes `odd_sizes.safetensors` and `three_heads.safetensors` into katas/{llama_logits,greedy_llama}: Llamas with random weights.

In the other files of the two katas, heads * head_dim equals hidden, inter is twice hidden, and four query heads share two key heads. An answer
that relies on this must not pass. NumPy draws the numbers from a seed, so the files are always the same; the references give the
expected outputs.
"""

from pathlib import Path

import numpy as np
from safetensors.numpy import save

ROOT = Path(__file__).resolve().parents[2]


def main():
    write("odd_sizes", llama(20261128, hidden=12, inter=20, layers=1, heads=4, kv_heads=2, head_dim=4, vocab=16, tied=False))
    # Small embeddings, so that eps matters.
    tensors = llama(20261129, hidden=10, inter=14, layers=2, heads=3, kv_heads=1, head_dim=4, vocab=12, tied=True)
    tensors["model.embed_tokens.weight"] *= np.float32(0.5)
    write("three_heads", tensors)


def llama(seed, hidden, inter, layers, heads, kv_heads, head_dim, vocab, tied):
    random = np.random.default_rng(seed)
    matrix = lambda *shape: (random.standard_normal(shape) / np.sqrt(shape[-1])).astype(np.float32)
    scale = lambda: (1 + 0.25 * random.standard_normal(hidden)).astype(np.float32)
    tensors = {"model.embed_tokens.weight": random.standard_normal((vocab, hidden)).astype(np.float32)}
    for number in range(layers):
        layer = f"model.layers.{number}."
        tensors |= {
            layer + "input_layernorm.weight": scale(),
            layer + "self_attn.q_proj.weight": 2 * matrix(heads * head_dim, hidden),
            layer + "self_attn.k_proj.weight": 2 * matrix(kv_heads * head_dim, hidden),
            layer + "self_attn.v_proj.weight": 2 * matrix(kv_heads * head_dim, hidden),
            layer + "self_attn.o_proj.weight": matrix(hidden, heads * head_dim),
            layer + "post_attention_layernorm.weight": scale(),
            layer + "mlp.gate_proj.weight": 2 * matrix(inter, hidden),
            layer + "mlp.up_proj.weight": matrix(inter, hidden),
            layer + "mlp.down_proj.weight": matrix(hidden, inter),
        }
    tensors["model.norm.weight"] = scale()
    if not tied:
        tensors["lm_head.weight"] = 2 * matrix(vocab, hidden)
    return tensors


def write(name, tensors):
    for kata in ("llama_logits", "greedy_llama"):
        (ROOT / "katas" / kata / f"{name}.safetensors").write_bytes(save(tensors))


if __name__ == "__main__":
    main()
