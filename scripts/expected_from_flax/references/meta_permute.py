"""Every row is placed by its number. Then the two rotations must agree: pairs on Meta's rows, halves on the result.

Pair j is rotated by j quarter turns, so everything is exact. The permutation is that of `permute` in transformers'
convert_llama_weights_to_hf.py, whose values are in truth/meta_permute.json.
"""

import numpy as np


def meta_permute(w, heads, kv_heads, is_key, rows, cols):
    w = np.asarray(w).reshape(rows, cols)
    count = kv_heads if is_key else heads
    head_dim = rows // count
    half = head_dim // 2
    result = np.zeros_like(w)
    for head in range(count):
        for pair in range(half):
            for partner in range(2):
                result[head * head_dim + partner * half + pair] = w[head * head_dim + 2 * pair + partner]
    x = np.arange(1, cols + 1, dtype=np.float32)
    meta, hf = (w @ x).reshape(count, half, 2), (result @ x).reshape(count, 2, half)
    turns = np.arange(half) % 4
    cos, sin = np.array([1, 0, -1, 0], np.float32)[turns], np.array([0, 1, 0, -1], np.float32)[turns]
    meta = np.stack([meta[..., 0] * cos - meta[..., 1] * sin, meta[..., 0] * sin + meta[..., 1] * cos], axis=-2)
    hf = hf * cos + np.stack([-hf[:, 1], hf[:, 0]], axis=1) * sin  # rotate_half
    np.testing.assert_array_equal(meta, hf)
    return result.reshape(-1)
