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
    # The number of heads in this weight. For a key weight, it is kv_heads, which is neither heads nor heads // kv_heads.
    count = kv_heads if is_key else heads

    # Meta's order as axes: each head contains one pair after another, and each pair contains its two partners.
    pairs = w.reshape(count, rows // count // 2, 2, cols)

    # Hugging Face stores all first partners of a head, then all second ones, so the axes of pairs and partners are swapped.
    # The axis of the heads stays first, so no row leaves its head.
    return pairs.transpose(0, 2, 1, 3).reshape(-1)
