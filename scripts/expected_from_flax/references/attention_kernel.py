"""A kernel is what its layer gives for unit vectors, so the file's own forward pass is run on those.

No weight is transposed or reshaped here: only outputs are split into heads, as the models' own code does. Then `nnx.LinearGeneral`
with the kernel must give the same outputs for a different input.
"""

import jax.numpy as jnp
import numpy as np
from flax import nnx


def attention_kernel(w, embed, heads, head_dim, layout):
    w, units = np.asarray(w), heads * head_dim
    x = np.eye(units if layout == 1 else embed, dtype=np.float32)
    kernel = forward(w, x, embed, heads, head_dim, layout)
    if layout == 1:
        kernel = kernel.reshape(heads, head_dim, embed)
    other = np.arange(1, len(x) + 1, dtype=np.float32)[None]
    expected = forward(w, other, embed, heads, head_dim, layout)
    parts = [kernel] if layout < 2 else list(np.moveaxis(kernel, 1, 0))
    wanted = [expected] if layout < 2 else list(np.moveaxis(expected, 1, 0))
    for part, want in zip(parts, wanted):
        into, axis, given = (embed, (-2, -1), other.reshape(1, heads, head_dim)) if layout == 1 else ((heads, head_dim), -1, other)
        layer = nnx.LinearGeneral(part.shape[:2] if layout == 1 else embed, into, axis=axis, use_bias=False, rngs=nnx.Rngs(0))
        assert layer.kernel.shape == part.shape
        layer.kernel[...] = jnp.asarray(part)
        np.testing.assert_array_equal(np.asarray(layer(jnp.asarray(given))), want)
    return np.concatenate([part.reshape(-1) for part in parts])


def forward(w, x, embed, heads, head_dim, layout):
    """What the layer of the file gives for rows of `x`, with the heads as axes."""
    units = heads * head_dim
    if layout == 0:
        return np.einsum("re,ne->nr", w.reshape(units, embed), x).reshape(-1, heads, head_dim)
    if layout == 1:
        return np.einsum("er,nr->ne", w.reshape(embed, units), x)
    if layout == 2:  # torch's in_proj: chunk(3)
        return np.einsum("re,ne->nr", w.reshape(3 * units, embed), x).reshape(-1, 3, heads, head_dim)
    if layout == 3:  # GPTNeoXAttention: view(..., heads, 3 * head_dim), then chunk(3, dim=-1)
        fused = np.einsum("re,ne->nr", w.reshape(3 * units, embed), x).reshape(-1, heads, 3 * head_dim)
        return np.stack(np.split(fused, 3, axis=-1), axis=1)
    # GPT2Attention: a Conv1D, x @ weight, then split along the last axis
    return np.stack(np.split(x @ w.reshape(embed, 3 * units), 3, axis=-1), axis=1).reshape(-1, 3, heads, head_dim)
