"""The shapes of an abstract nnx model whose layers are nnx's own, with heads as separate axes; its counts must match the formula."""

import numpy as np
from flax import nnx


class Block(nnx.Module):
    def __init__(self, dim, inter, heads, kv_heads, head_dim, rngs):
        # LinearGeneral keeps the head axis, so no product of sizes is written here.
        wide = lambda number: nnx.LinearGeneral(dim, (number, head_dim), use_bias=False, rngs=rngs)
        self.norms = nnx.List([nnx.RMSNorm(dim, rngs=rngs) for _ in range(2)])
        self.query, self.key, self.value = wide(heads), wide(kv_heads), wide(kv_heads)
        self.out = nnx.LinearGeneral((heads, head_dim), dim, axis=(-2, -1), use_bias=False, rngs=rngs)
        self.gate, self.up = (nnx.Linear(dim, inter, use_bias=False, rngs=rngs) for _ in range(2))
        self.down = nnx.Linear(inter, dim, use_bias=False, rngs=rngs)


class Model(nnx.Module):
    def __init__(self, vocab, dim, layers, tied, rngs, **sizes):
        self.embed = nnx.Embed(vocab, dim, rngs=rngs)
        self.blocks = nnx.List([Block(dim, rngs=rngs, **sizes) for _ in range(layers)])
        self.norm = nnx.RMSNorm(dim, rngs=rngs)
        self.head = None if tied else nnx.Linear(dim, vocab, use_bias=False, rngs=rngs)


def abstract_shapes(vocab, dim, inter, layers, heads, kv_heads, head_dim, tied):
    sizes = dict(inter=inter, heads=heads, kv_heads=kv_heads, head_dim=head_dim)
    abstract = nnx.eval_shape(lambda: Model(vocab, dim, layers, tied, nnx.Rngs(0), **sizes))
    leaves = [(path[-1], int(np.prod(leaf.shape, dtype=np.uint64))) for path, leaf in nnx.to_flat_state(nnx.state(abstract, nnx.Param))]
    found = [len(leaves), sum(size for _, size in leaves), 2 * sum(size for _, size in leaves),
             max(size for _, size in leaves), sum(size for name, size in leaves if name == "kernel")]
    # The first axes of a LinearGeneral's kernel are its inputs: two of them in `out`, and one in every other layer.
    flat = nnx.to_flat_state(nnx.state(abstract, nnx.Param))
    rows = [int(np.prod(leaf.shape[:2 if "out" in path else 1])) for path, leaf in flat if path[-1] == "kernel"]
    found.append(sum(rows))
    kernels = layers * dim * (2 * head_dim * (heads + kv_heads) + 3 * inter) + (0 if tied else vocab * dim)
    assert found[1] == kernels + vocab * dim + (2 * layers + 1) * dim and found[4] == kernels
    assert found[5] == layers * (5 * dim + heads * head_dim + inter) + (0 if tied else dim)
    return np.array(found, np.uint64)
