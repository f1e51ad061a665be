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
    """The logits of every row of `h`: from the embedding if the head is tied to it, and otherwise from `lm_head`.

    `h` is (rows, dim), and both tables are (vocab, dim), row by row. The result is (rows, vocab), flat as well.
    """
    h = h.reshape(rows, dim)
    model = nnx.Linear(dim, vocab, use_bias=False, rngs=nnx.Rngs(0))

    # The config decides, not the shapes: both tables have the same shape. In a tied model, `lm_head` was never loaded.
    table = embedding if tied else lm_head

    # Both tables have one row for each token: a lookup reads rows, and PyTorch's lm_head is an nn.Linear with one output for
    # each token. So the table itself stays as it is, and only the kernel created from it is transposed.
    model.kernel[...] = table.reshape(vocab, dim).T

    # The result has one row of logits for each row of h.
    return model(h).reshape(-1)
