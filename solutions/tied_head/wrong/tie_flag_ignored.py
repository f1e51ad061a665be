"""Takes the embedding for every head."""

import jax
from flax import nnx


def tied_head(
    h: jax.Array,
    embedding: jax.Array,
    lm_head: jax.Array,
    tied: bool,
    rows: int,
    vocab: int,
    dim: int,
) -> jax.Array:
    table = embedding
    model = nnx.Linear(dim, vocab, use_bias=False, rngs=nnx.Rngs(0))
    model.kernel[...] = table.reshape(vocab, dim).T
    return model(h.reshape(rows, dim)).reshape(-1)
