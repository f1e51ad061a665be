import jax
import jax.numpy as jnp


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
    # There is one frequency for each pair of channels, so the exponent grows in steps of 2 / head_dim.
    frequency = 1 / theta ** (jnp.arange(0, head_dim, 2) / head_dim)
    if not scaled:
        return frequency

    # The number of turns that each pair has made when the original context is full.
    turns = orig * frequency / (2 * jnp.pi)

    # The share grows linearly from 0 at `low` turns to 1 at `high` turns. Clipped at both ends, it covers the other two
    # bands: 0 divides the frequency, and 1 keeps it.
    share = jnp.clip((turns - low) / (high - low), 0, 1)

    return share * frequency + (1 - share) * frequency / factor
