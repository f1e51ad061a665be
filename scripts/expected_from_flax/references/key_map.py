"""Whole-name patterns, as loaders write them; the paths of a Llama are looked up in the state of an abstract nnx Llama."""

import functools
import re

from flax import nnx

HEAD, DIM, TOKENS, INNER = 2, 4, 10, 6
# The whole name must match. Each pattern gives the path, and whether the shape is reversed.
PATTERNS = [
    (r"(.*norm)\.weight", r"\1.scale", False),
    (r"(.*proj|.*lm_head)\.weight", r"\1.kernel", True),
    (r"(.*embed_tokens)\.weight", r"\1.embedding", False),
]


def key_map(names):
    return "\n".join(line(name) for name in names.split("\n"))


def line(name):
    fits = [(re.fullmatch(pattern, name), path, turned) for pattern, path, turned in PATTERNS]
    fits = [(match.expand(path), turned) for match, path, turned in fits if match]
    if not fits:
        return "no rule"
    (path, turned), = fits
    parts = tuple(int(part) if re.fullmatch("[0-9]+", part) else part for part in path.split("."))
    shape = torch_shapes().get(name)
    if shape is not None:
        assert abstract()[parts] == (shape[::-1] if turned else shape), name
    return "/".join(f"#{part}" if isinstance(part, int) else part for part in parts) + ("|T" if turned else "|")


class Layer(nnx.Module):
    def __init__(self, rngs):
        linear = functools.partial(nnx.Linear, use_bias=False, rngs=rngs)
        self.input_layernorm = nnx.RMSNorm(DIM, rngs=rngs)
        self.post_attention_layernorm = nnx.RMSNorm(DIM, rngs=rngs)
        self.self_attn = nnx.Dict(
            q_proj=linear(DIM, 2 * HEAD), k_proj=linear(DIM, HEAD), v_proj=linear(DIM, HEAD), o_proj=linear(2 * HEAD, DIM))
        self.mlp = nnx.Dict(gate_proj=linear(DIM, INNER), up_proj=linear(DIM, INNER), down_proj=linear(INNER, DIM))


class Llama(nnx.Module):
    def __init__(self, rngs):
        self.model = nnx.Dict(
            embed_tokens=nnx.Embed(TOKENS, DIM, rngs=rngs),
            layers=nnx.List([Layer(rngs) for _ in range(12)]),
            norm=nnx.RMSNorm(DIM, rngs=rngs))
        self.lm_head = nnx.Linear(DIM, TOKENS, use_bias=False, rngs=rngs)


@functools.cache
def abstract():
    """The shapes of a twelve-layer Llama by path."""
    _, state = nnx.split(nnx.eval_shape(lambda: Llama(nnx.Rngs(0))))
    return {path: variable.shape for path, variable in nnx.to_flat_state(state)}


@functools.cache
def torch_shapes():
    """The shapes that transformers' Llama of the same sizes has in its file."""
    shapes = {"model.embed_tokens.weight": (TOKENS, DIM), "model.norm.weight": (DIM,), "lm_head.weight": (TOKENS, DIM)}
    for layer in range(12):
        at = f"model.layers.{layer}."
        shapes |= {
            at + "input_layernorm.weight": (DIM,), at + "post_attention_layernorm.weight": (DIM,),
            at + "self_attn.q_proj.weight": (2 * HEAD, DIM), at + "self_attn.k_proj.weight": (HEAD, DIM),
            at + "self_attn.v_proj.weight": (HEAD, DIM), at + "self_attn.o_proj.weight": (DIM, 2 * HEAD),
            at + "mlp.gate_proj.weight": (INNER, DIM), at + "mlp.up_proj.weight": (INNER, DIM),
            at + "mlp.down_proj.weight": (DIM, INNER)}
    return shapes
