import jax


def norm_plus_one(w: jax.Array, file_adds: bool, model_adds: bool) -> jax.Array:
    """Converts the weights of a norm between `w` and `1 + w`.

    `file_adds`: the code that wrote the file multiplies by 1 + w. `model_adds`: your model does.
    """
    # The file and the model agree, so the weights stay as they are. w + 1 - 1 would be the same only if w + 1 is not rounded.
    if file_adds == model_adds:
        return w

    # The file means 1 + w, but the model multiplies by its weight, which must be the sum. `w` is f32, and so is the sum.
    if file_adds:
        return w + 1

    # The file means w, but the model multiplies by 1 + its weight, so its weight must be w - 1.
    return w - 1
