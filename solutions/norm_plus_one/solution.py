import jax


def norm_plus_one(w: jax.Array, file_adds: bool, model_adds: bool) -> jax.Array:
    """Converts the weights of a norm between `w` and `1 + w`.

    `file_adds`: the code that wrote the file multiplies by 1 + w. `model_adds`: the model that you fill does.
    """
    # They agree, so the weights stay as they are. w + 1 - 1 would be the same only for weights that survive the sum.
    if file_adds == model_adds:
        return w

    # The file means 1 + w, and the model multiplies by what it holds: it must hold the sum. `w` is f32, and so is the sum.
    if file_adds:
        return w + 1

    # The file means w, and the model multiplies by 1 + what it holds.
    return w - 1
