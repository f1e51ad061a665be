"""What Flax's own RMSNorm gives with the weight as its scale."""

from flax import nnx


def rms_norm(x, weight, eps, rows, dim):
    norm = nnx.RMSNorm(dim, epsilon=eps, rngs=nnx.Rngs(0))
    norm.scale[...] = weight
    return norm(x.reshape(rows, dim)).reshape(-1)
