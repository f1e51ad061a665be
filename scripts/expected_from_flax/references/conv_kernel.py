"""The sum that PyTorch's convolution computes, written out, and nnx.Conv: both must give the same bits."""

import jax.numpy as jnp
import numpy as np
from flax import nnx


def conv_kernel(x, weight, bias, h, w, cin, cout, kh, kw, stride, pad):
    x, weight, bias = (np.asarray(array) for array in (x, weight, bias))
    # Torch's conv2d (a correlation): y[o, r, c] = bias[o] + sum over i, a, b of weight[o, i, a, b] * padded[i, r*s + a, c*s + b].
    padded = np.zeros((h + 2 * pad, w + 2 * pad, cin), np.float32)
    padded[pad : pad + h, pad : pad + w] = x.reshape(h, w, cin)
    rows, columns = (h + 2 * pad - kh) // stride + 1, (w + 2 * pad - kw) // stride + 1
    number = lambda o, i, a, b: weight[((o * cin + i) * kh + a) * kw + b]
    y = np.zeros((rows, columns, cout), np.float32)
    kernel = np.zeros((kh, kw, cin, cout), np.float32)
    for o, i, a, b in np.ndindex(cout, cin, kh, kw):
        kernel[a, b, i, o] = number(o, i, a, b)
        for r, c in np.ndindex(rows, columns):
            y[r, c, o] += number(o, i, a, b) * padded[r * stride + a, c * stride + b, i]
    y += bias
    layer = nnx.Conv(cin, cout, (kh, kw), strides=stride, padding=((pad, pad), (pad, pad)), rngs=nnx.Rngs(0))
    layer.kernel[...] = jnp.asarray(kernel)
    layer.bias[...] = jnp.asarray(bias)
    np.testing.assert_array_equal(np.asarray(layer(jnp.asarray(x.reshape(h, w, cin)))), y)
    return y.reshape(-1)
