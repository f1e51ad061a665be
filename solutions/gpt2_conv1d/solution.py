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

    # A Conv1D multiplies from the right, x @ weight, as Flax does. So its weight is already (in, out), with one row for
    # each input, and only has to be reshaped.
    model.kernel[...] = weight.reshape(in_features, out_features)

    # The bias has one number for each output, as in every linear layer.
    model.bias[...] = bias

    return model(x)
