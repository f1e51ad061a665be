import jax
from flax import nnx


def gpt2_conv1d(
    x: jax.Array,
    weight: jax.Array,
    bias: jax.Array,
    in_features: int,
    out_features: int,
) -> jax.Array:
    """Applies a linear layer with the weights of GPT-2's `Conv1D` to `x`.

    `weight` is (in_features, out_features), row by row; `bias` has one number for each output.
    """
    model = nnx.Linear(in_features, out_features, rngs=nnx.Rngs(0))

    raise NotImplementedError(
        f"load {weight.size} weights into a kernel of shape {model.kernel.shape}, "
        f"load {bias.size} biases, and call the model for {x}"
    )
