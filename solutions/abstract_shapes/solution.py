import functools
import math

import numpy as np
from flax import nnx


class Layer(nnx.Module):
    """One layer: two norms, the four projections of attention, and the three of the MLP."""

    def __init__(self, dim: int, inter: int, heads: int, kv_heads: int, head_dim: int, rngs: nnx.Rngs):
        linear = functools.partial(nnx.Linear, use_bias=False, rngs=rngs)
        self.input_layernorm = nnx.RMSNorm(dim, rngs=rngs)
        self.post_attention_layernorm = nnx.RMSNorm(dim, rngs=rngs)
        self.mlp = nnx.Dict(gate_proj=linear(dim, inter), up_proj=linear(dim, inter), down_proj=linear(inter, dim))
        # heads * head_dim can differ from dim, and grouped-query attention has fewer key and value heads than query heads.
        queries, keys = heads * head_dim, kv_heads * head_dim
        self.self_attn = nnx.Dict(
            q_proj=linear(dim, queries),
            k_proj=linear(dim, keys),
            v_proj=linear(dim, keys),
            o_proj=linear(queries, dim),
        )


class Llama(nnx.Module):
    def __init__(
        self,
        vocab: int,
        dim: int,
        inter: int,
        layers: int,
        heads: int,
        kv_heads: int,
        head_dim: int,
        tied: bool,
        rngs: nnx.Rngs,
    ):
        self.embed_tokens = nnx.Embed(vocab, dim, rngs=rngs)
        self.layers = nnx.List([Layer(dim, inter, heads, kv_heads, head_dim, rngs) for _ in range(layers)])
        self.norm = nnx.RMSNorm(dim, rngs=rngs)
        # A tied model uses the embedding table as its head, so it has no separate tensor for the head.
        if not tied:
            self.lm_head = nnx.Linear(dim, vocab, use_bias=False, rngs=rngs)


def abstract_shapes(
    vocab: int,
    dim: int,
    inter: int,
    layers: int,
    heads: int,
    kv_heads: int,
    head_dim: int,
    tied: bool,
) -> np.ndarray:
    """Counts a Llama of these sizes without creating its weights.

    Returns the tensors, the parameters, the bytes in bfloat16, the elements of the largest tensor, the elements that a loader
    must transpose, and the inputs of all linear layers, as NumPy's uint64: JAX would cut 64-bit integers to 32 bits.
    """

    def build():
        return Llama(vocab, dim, inter, layers, heads, kv_heads, head_dim, tied, nnx.Rngs(0))

    # Inside `eval_shape` a variable gets a shape and a dtype, but no values: nothing is drawn and nothing is allocated.
    _, state = nnx.split(nnx.eval_shape(build))

    # Python's integers cannot overflow. `jnp.sum` would count in 32 bits, and 2^32 bytes are only 4 GiB.
    sizes = {path: math.prod(variable.shape) for path, variable in nnx.to_flat_state(state)}
    # A kernel has one row for each input.
    inputs = sum(variable.shape[0] for path, variable in nnx.to_flat_state(state) if path[-1] == "kernel")
    parameters = sum(sizes.values())
    # Kernels are (in, out) here and (out, in) in the file. Embeddings and norms stay as they are.
    transposed = sum(size for path, size in sizes.items() if path[-1] == "kernel")

    return np.array([len(sizes), parameters, 2 * parameters, max(sizes.values()), transposed, inputs], np.uint64)
