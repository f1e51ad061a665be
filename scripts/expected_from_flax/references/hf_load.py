"""What real Flax returns with a PyTorch weight and bias loaded into an `nnx.Linear`."""

from flax import nnx


def load_hf_weights(seed, x, hf_kernel_flat, hf_bias_flat, features):
    model = nnx.Linear(x.shape[-1], features, rngs=nnx.Rngs(seed))
    model.kernel[...] = hf_kernel_flat.reshape(features, x.shape[-1]).T
    model.bias[...] = hf_bias_flat
    return model(x)
