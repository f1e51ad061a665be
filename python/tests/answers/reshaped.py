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
    model = nnx.Linear(x.size, features, rngs=nnx.Rngs(seed))

    weight = hf_kernel_flat.reshape(features, x.size)

    model.kernel[...] = weight.reshape(x.size, features)

    model.bias[...] = hf_bias_flat

    return model(x)
