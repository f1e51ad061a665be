import functools

import numpy as np
from flax import nnx


class Layer(nnx.Module):
    """One layer: two norms, the four projections of attention, and the three of the MLP."""

    def __init__(self, dim: int, inter: int, heads: int, kv_heads: int, head_dim: int, rngs: nnx.Rngs):
        linear = functools.partial(nnx.Linear, use_bias=False, rngs=rngs)
        self.input_layernorm = nnx.RMSNorm(dim, rngs=rngs)
        self.post_attention_layernorm = nnx.RMSNorm(dim, rngs=rngs)
        self.mlp = nnx.Dict(gate_proj=linear(dim, inter), up_proj=linear(dim, inter), down_proj=linear(inter, dim))
        raise NotImplementedError(
            f"make the projections of {heads} and {kv_heads} heads of {head_dim}, from and to {dim}: "
            f"self.self_attn = nnx.Dict(q_proj=linear(..., ...), ...)"
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
        raise NotImplementedError(f"make lm_head, unless the model is tied ({tied})")


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

    _, state = nnx.split(build())

    raise NotImplementedError(f"build it without numbers, and count the leaves: {nnx.to_flat_state(state)}")
