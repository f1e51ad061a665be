"""PermuteForRope of transformers, which reorders the rows of Meta's weights; its number of heads comes from a config."""

from transformers import LlamaConfig
from transformers.core_model_loading import PermuteForRope


def meta_permute(w, heads, kv_heads, is_key, rows, cols):
    # The operation reads the number of query heads; for a key weight, the converter must give it the number of key heads.
    count = kv_heads if is_key else heads
    config = LlamaConfig(num_attention_heads=count, hidden_size=rows)
    converted = PermuteForRope().convert({"w": w.reshape(rows, cols)}, ["w"], ["w"], config)
    return converted["w"].reshape(-1)
