"""Exchanges functions of jax, numpy and Python, which the next answer must not see.

expect: did not finish
within: 12
"""

import builtins
import gc
import sys

import jax
import jax.numpy as jnp
import numpy as np


def f(case, x):
    for module in (jnp, np, jax.lax):
        module.add = module.negative = module.multiply = lambda *a, **k: a[0]
    type(x).__add__ = lambda self, other: self
    builtins.len = lambda *a: 7
    jax.config.update("jax_enable_x64", True)
    jax.clear_caches()
    gc.disable()
    sys.modules["katas_driver.host"] = sys.modules["os"] = None
    sys.setrecursionlimit(50)
    return np.asarray(x) * 0 + 8
