"""The sum that Conv1D computes, written out, and Flax's own layer with the weight as its kernel: both must give the same bits."""

import jax.numpy as jnp
import numpy as np
from flax import nnx


def gpt2_conv1d(x, weight, bias, in_features, out_features):
    # transformers' Conv1D: addmm(bias, x, weight), weight (in, out). Number i * out + o is the weight from input i to output o.
    x, w, b = (np.asarray(array) for array in (x, weight, bias))
    y = np.array([sum(x[i] * w[i * out_features + o] for i in range(in_features)) + b[o] for o in range(out_features)], np.float32)
    layer = nnx.Linear(in_features, out_features, rngs=nnx.Rngs(0))
    layer.kernel[...] = jnp.asarray(w.reshape(in_features, out_features))
    layer.bias[...] = jnp.asarray(b)
    np.testing.assert_array_equal(np.asarray(layer(jnp.asarray(x))), y)
    return y
