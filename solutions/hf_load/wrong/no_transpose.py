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
    # The mistake: (out, in) goes into the layer as it is. Only a square weight fits into its variable.
    model.kernel[...] = hf_kernel_flat.reshape(features, x.size)
    model.bias[...] = hf_bias_flat
    return model(x)
