import jax


def norm_plus_one(w: jax.Array, file_adds: bool, model_adds: bool) -> jax.Array:
    """Converts the weights of a norm between `w` and `1 + w`.

    `file_adds`: the code that wrote the file multiplies by 1 + w. `model_adds`: your model does.
    """
    raise NotImplementedError(f"what to store for {w}, if file_adds is {file_adds} and model_adds is {model_adds}")
