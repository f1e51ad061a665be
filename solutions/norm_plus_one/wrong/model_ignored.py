"""Adds 1 whenever the file does, and takes no notice of the model on the way in."""

import jax


def norm_plus_one(w: jax.Array, file_adds: bool, model_adds: bool) -> jax.Array:
    if file_adds:
        return w + 1
    if model_adds:
        return w - 1
    return w
