import jax
from flax import nnx


def conv_kernel(
    x: jax.Array,
    weight: jax.Array,
    bias: jax.Array,
    h: int,
    w: int,
    cin: int,
    cout: int,
    kh: int,
    kw: int,
    stride: int,
    pad: int,
) -> jax.Array:
    """Applies a convolution of a PyTorch checkpoint to an image.

    `x` is (h, w, cin), with the channels last; `weight` is PyTorch's (cout, cin, kh, kw). The result is flat, channels last.
    """
    image = x.reshape(h, w, cin)
    # Creating a kernel of zeros is faster than drawing a random one, and it is replaced anyway.
    zeros = nnx.initializers.zeros
    model = nnx.Conv(cin, cout, (kh, kw), strides=stride, kernel_init=zeros, rngs=nnx.Rngs(0))

    raise NotImplementedError(
        f"pad by {pad} and not by {model.padding}, load {weight.size} weights into a kernel of shape {model.kernel.shape}, "
        f"load {bias.size} biases, and call the model for {image}"
    )
