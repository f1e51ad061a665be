import jax


def meta_permute(
    w: jax.Array,
    heads: int,
    kv_heads: int,
    is_key: bool,
    rows: int,
    cols: int,
) -> jax.Array:
    """Puts the rows of a query or key weight of Meta into the order of Hugging Face, head by head.

    `w` is (rows, cols), row by row; so is the result.
    """
    # How many heads this weight holds. A key has its own number, which is neither heads nor heads // kv_heads.
    count = kv_heads if is_key else heads

    # Meta's order, with its axes named: in each head one pair after another, and in each pair its two partners.
    pairs = w.reshape(count, rows // count // 2, 2, cols)

    # Hugging Face has all first partners of a head, then all second partners, so these two axes change places.
    # The heads stay the slowest axis: no row leaves its head.
    return pairs.transpose(0, 2, 1, 3).reshape(-1)
