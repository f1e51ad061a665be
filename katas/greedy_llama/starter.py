import jax


def greedy_llama(
    file: bytes,
    prompt: jax.Array,
    n_new: int,
    hidden: int,
    inter: int,
    layers: int,
    heads: int,
    kv_heads: int,
    head_dim: int,
    vocab: int,
    tied: int,
    eps: float,
    rope: jax.Array,
) -> jax.Array:
    """Appends the token with the largest logit to `prompt`, `n_new` times, and returns the new tokens."""
    raise NotImplementedError(f"append {n_new} tokens to {prompt}, with the logits of your answer to llama_logits")
