import jax
from flax import nnx


def load_hf_weights(
    seed: int,
    x: jax.Array,
    hf_kernel_flat: jax.Array,
    hf_bias_flat: jax.Array,
    features: int,
) -> jax.Array:
    model = nnx.Linear(x.size, features, rngs=nnx.Rngs(seed))
    # The mistake: the shape is Flax's and the numbers are where PyTorch's rows left them.
    model.kernel[...] = hf_kernel_flat.reshape(x.size, features)
    model.bias[...] = hf_bias_flat
    return model(x)
