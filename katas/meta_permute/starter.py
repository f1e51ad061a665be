import jax


def meta_permute(
    w: jax.Array,
    heads: int,
    kv_heads: int,
    is_key: bool,
    rows: int,
    cols: int,
) -> jax.Array:
    """Puts the rows of Meta's query or key weight into Hugging Face's order, head by head.

    `w` is (rows, cols), row by row; so is the result.
    """
    weight = w.reshape(rows, cols)

    raise NotImplementedError(f"reorder the rows for {heads} query or {kv_heads} key heads (is_key: {is_key}): {weight}")
