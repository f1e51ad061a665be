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
    # The padding is given as numbers, before and after the rows and the columns. "SAME" would use a different rule.
    padding = ((pad, pad), (pad, pad))

    # Creating a kernel of zeros is faster than drawing a random one, and it is replaced anyway.
    zeros = nnx.initializers.zeros
    model = nnx.Conv(cin, cout, (kh, kw), strides=stride, padding=padding, kernel_init=zeros, rngs=nnx.Rngs(0))

    # Name the axes as PyTorch stores them, then put them in Flax's order: height and width, the input channels, the output
    # channels. Nothing is flipped: both libraries multiply the first weight by the first pixel of a window.
    model.kernel[...] = weight.reshape(cout, cin, kh, kw).transpose(2, 3, 1, 0)

    # The bias has one number for each output channel.
    model.bias[...] = bias

    # The channels of the image are already last.
    return model(x.reshape(h, w, cin)).reshape(-1)
