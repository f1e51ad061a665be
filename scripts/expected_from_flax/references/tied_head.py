"""`nnx.Embed.attend` for a tied head, `nnx.Linear` for a separate one; the dot products, written out, must agree with both."""

import jax.numpy as jnp
import numpy as np
from flax import nnx


def tied_head(h, embedding, lm_head, tied, rows, vocab, dim):
    h, table = np.asarray(h).reshape(rows, dim), np.asarray(embedding if tied else lm_head)
    dots = [[sum(h[r, i] * table[token * dim + i] for i in range(dim)) for token in range(vocab)] for r in range(rows)]
    if tied:
        layer = nnx.Embed(vocab, dim, rngs=nnx.Rngs(0))
        layer.embedding[...] = jnp.asarray(table.reshape(vocab, dim))
        logits = layer.attend(jnp.asarray(h))
    else:
        layer = nnx.Linear(dim, vocab, use_bias=False, rngs=nnx.Rngs(0))
        layer.kernel[...] = jnp.asarray(np.stack([table[i::dim] for i in range(dim)]))
        logits = layer(jnp.asarray(h))
    np.testing.assert_array_equal(np.asarray(logits), np.array(dots, np.float32))
    return logits.reshape(-1)
