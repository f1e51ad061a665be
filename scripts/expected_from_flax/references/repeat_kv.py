"""Repeats every head `n_rep` times with JAX's own repeat."""

import jax.numpy as jnp


def repeat_kv(kv, kv_heads, seq, head_dim, n_rep):
    return jnp.repeat(kv.reshape(kv_heads, seq, head_dim), n_rep, axis=0).reshape(-1)
