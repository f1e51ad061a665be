"""Key and value heads as many as query heads."""

import functools
import math

import numpy as np
from flax import nnx


class Layer(nnx.Module):
    def __init__(self, dim: int, inter: int, heads: int, kv_heads: int, head_dim: int, rngs: nnx.Rngs):
        linear = functools.partial(nnx.Linear, use_bias=False, rngs=rngs)
        self.input_layernorm = nnx.RMSNorm(dim, rngs=rngs)
        self.post_attention_layernorm = nnx.RMSNorm(dim, rngs=rngs)
        self.mlp = nnx.Dict(gate_proj=linear(dim, inter), up_proj=linear(dim, inter), down_proj=linear(inter, dim))
        queries, keys = heads * head_dim, heads * head_dim
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
    def build():
        return Llama(vocab, dim, inter, layers, heads, kv_heads, head_dim, tied, nnx.Rngs(0))

    _, state = nnx.split(nnx.eval_shape(build))

    sizes = {path: math.prod(variable.shape) for path, variable in nnx.to_flat_state(state)}
    inputs = sum(variable.shape[0] for path, variable in nnx.to_flat_state(state) if path[-1] == "kernel")
    parameters = sum(sizes.values())
    transposed = sum(size for path, size in sizes.items() if path[-1] == "kernel")

    return np.array([len(sizes), parameters, 2 * parameters, max(sizes.values()), transposed, inputs], np.uint64)
