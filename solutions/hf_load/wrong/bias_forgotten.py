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
    weight = hf_kernel_flat.reshape(features, x.size)
    model.kernel[...] = weight.T
    # The mistake: `hf_bias_flat` is never used, and the bias stays the zeros of a new layer.
    return model(x)
