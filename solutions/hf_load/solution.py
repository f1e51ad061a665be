import jax
from flax import nnx


def load_hf_weights(
    seed: int,
    x: jax.Array,
    hf_kernel_flat: jax.Array,
    hf_bias_flat: jax.Array,
    features: int,
) -> jax.Array:
    """Applies a linear layer with the weights of a PyTorch checkpoint to `x`."""
    # The layer provides the structure: which variables there are, and how they are used.
    # All of its random initial values are replaced below.
    model = nnx.Linear(x.size, features, rngs=nnx.Rngs(seed))

    # PyTorch stored the weight row by row, one row for each output. First give the flat array that shape again ...
    weight = hf_kernel_flat.reshape(features, x.size)

    # ... and then transpose it: Flax has one row for each input. `[...]` writes into the layer's own variable.
    model.kernel[...] = weight.T

    # The bias has one number for each output in both libraries. It has one dimension, so there is nothing to transpose.
    model.bias[...] = hf_bias_flat

    return model(x)
