"""Asks jax for more memory than there may be.

expect: raised | out of memory
within: 20
"""

import jax.numpy as jnp


def f(case, x):
    kept = []
    while True:
        kept.append(jnp.zeros((1 << 28,), jnp.float32))
