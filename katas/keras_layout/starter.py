import jax
import numpy as np


def keras_layout(
    weights: jax.Array,
    dim: int,
    heads: int,
    kv_heads: int,
    head_dim: int,
    inter: int,
) -> jax.Array:
    """Puts the nine arrays of a Keras Hub layer into the order and the layout of Hugging Face.

    The result is flat: q, k, v, o, gate, up and down as PyTorch's (out, in), then the two norms.
    """
    # NumPy's slices are free; JAX would compile each of them.
    rest = np.asarray(weights)

    def take(rows: int, columns: int) -> np.ndarray:
        """The next `rows * columns` numbers, as a matrix."""
        nonlocal rest
        numbers, rest = np.split(rest, [rows * columns])
        return numbers.reshape(rows, columns)

    query = take(dim, heads * head_dim)

    raise NotImplementedError(
        f"take the other eight arrays, with {kv_heads} key heads and {inter} units in the MLP, after {query}"
    )
