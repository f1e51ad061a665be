"""Stores the weights as they are."""

import jax


def norm_plus_one(w: jax.Array, file_adds: bool, model_adds: bool) -> jax.Array:
    return w
