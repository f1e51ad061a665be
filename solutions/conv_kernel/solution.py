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
    """Applies a convolution of a PyTorch checkpoint to one picture.

    `x` is (h, w, cin), with the channels last; `weight` is PyTorch's (cout, cin, kh, kw). The result is flat, channels last.
    """
    # The padding is given as numbers, before and after the rows and the columns. "SAME" would choose it by another rule.
    padding = ((pad, pad), (pad, pad))

    # A kernel of zeros is made faster than a random one, and it is replaced anyway.
    zeros = nnx.initializers.zeros
    model = nnx.Conv(cin, cout, (kh, kw), strides=stride, padding=padding, kernel_init=zeros, rngs=nnx.Rngs(0))

    # The axes as PyTorch stores them, and then in Flax's order: height and width first, then what the layer reads, then
    # what it makes. Nothing is flipped: both libraries put the first weight on the first pixel of a window.
    model.kernel[...] = weight.reshape(cout, cin, kh, kw).transpose(2, 3, 1, 0)

    # One number for each output channel.
    model.bias[...] = bias

    # The picture has its channels last already.
    return model(x.reshape(h, w, cin)).reshape(-1)
