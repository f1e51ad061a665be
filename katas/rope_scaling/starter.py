import jax


def rope_scaling(
    theta: float,
    factor: float,
    low: float,
    high: float,
    orig: int,
    head_dim: int,
    scaled: bool,
) -> jax.Array:
    """Computes the frequencies of a rotary embedding: those of plain RoPE or, if `scaled`, those of Llama 3.1 and later.

    There are `head_dim / 2` of them, the fastest first.
    """
    if not scaled:
        raise NotImplementedError(f"the plain frequencies for theta {theta} and head_dim {head_dim}")

    raise NotImplementedError(f"the frequencies for factor {factor}, with a blend from {low} to {high} turns in {orig} tokens")
