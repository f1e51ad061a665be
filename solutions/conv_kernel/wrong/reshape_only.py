"""Cuts the numbers into the shape of the kernel."""

import jax
from flax import nnx


def conv_kernel(
    x: jax.Array,
    weight: jax.Array,
    bias: jax.Array,
    h: int,
    w: int,
    cin: int,
    cout: int,
    kh: int,
    kw: int,
    stride: int,
    pad: int,
) -> jax.Array:
    zeros = nnx.initializers.zeros
    model = nnx.Conv(cin, cout, (kh, kw), strides=stride, padding=((pad, pad), (pad, pad)), kernel_init=zeros, rngs=nnx.Rngs(0))
    model.kernel[...] = weight.reshape(kh, kw, cin, cout)
    model.bias[...] = bias
    return model(x.reshape(h, w, cin)).reshape(-1)
