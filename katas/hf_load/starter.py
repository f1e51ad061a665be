import jax
from flax import nnx


def load_hf_weights(
    seed: int,
    x: jax.Array,
    hf_kernel_flat: jax.Array,
    hf_bias_flat: jax.Array,
    features: int,
) -> jax.Array:
    """Applies a linear layer with the weights of a PyTorch checkpoint to `x`.

    `hf_kernel_flat` is PyTorch's (features, in) weight, row by row; `hf_bias_flat` has one number for each output.
    """
    model = nnx.Linear(x.size, features, rngs=nnx.Rngs(seed))

    raise NotImplementedError(
        f"load {hf_kernel_flat.size} weights into a kernel of shape {model.kernel.shape}, "
        f"load {hf_bias_flat.size} biases, and call the model"
    )
