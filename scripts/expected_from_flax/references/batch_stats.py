"""nnx.BatchNorm with everything loaded and with its running statistics; the formula in f64 must agree to 4 ulp of the greatest output."""

import jax.numpy as jnp
import numpy as np
from flax import nnx


def batch_stats(x, weight, bias, running_mean, running_var, eps, n, c):
    layer = nnx.BatchNorm(c, use_running_average=True, epsilon=float(eps), rngs=nnx.Rngs(0))
    for variable, value in ((layer.scale, weight), (layer.bias, bias), (layer.mean, running_mean), (layer.var, running_var)):
        variable[...] = jnp.asarray(value)
    y = np.asarray(layer(jnp.asarray(x).reshape(n, c)))
    x, w, b, mean, var = (np.asarray(a, np.float64) for a in (x, weight, bias, running_mean, running_var))
    exact = (x.reshape(n, c) - mean) / np.sqrt(var + float(eps)) * w + b
    assert np.abs(y - exact).max() <= 4 * np.spacing(np.float32(np.abs(exact).max()))
    return y.reshape(-1)
