"""Three layers of Flax without a bias, with jax.nn.silu between them."""

import jax
from flax import nnx


def swiglu_mlp(x, w_gate, w_up, w_down, rows, dim, inter):
    gate, up, down = linear(w_gate, dim, inter), linear(w_up, dim, inter), linear(w_down, inter, dim)
    x = x.reshape(rows, dim)
    return down(jax.nn.silu(gate(x)) * up(x)).reshape(-1)


def linear(weight, inputs, outputs):
    layer = nnx.Linear(inputs, outputs, use_bias=False, rngs=nnx.Rngs(0))
    layer.kernel[...] = weight.reshape(outputs, inputs).T
    return layer
