import jax
import jax.numpy as jnp
import numpy as np


def keras_layout(
    weights: jax.Array,
    dim: int,
    heads: int,
    kv_heads: int,
    head_dim: int,
    inter: int,
) -> jax.Array:
    """Puts the nine arrays of a layer of Keras Hub into the order and the layout of Hugging Face.

    The result is flat: q, k, v, o, gate, up and down as PyTorch's (out, in), then the two norms.
    """
    # NumPy's slices are free; JAX would compile each of them.
    rest = np.asarray(weights)

    def take(rows: int, columns: int) -> np.ndarray:
        """The next `rows * columns` numbers, as a matrix."""
        nonlocal rest
        numbers, rest = np.split(rest, [rows * columns])
        return numbers.reshape(rows, columns)

    # Keras' own order. What a kernel reads comes first: the rows. Joining (heads, head_dim) moves no number.
    query = take(dim, heads * head_dim)
    key = take(dim, kv_heads * head_dim)
    value = take(dim, kv_heads * head_dim)
    # This one reads the heads and leads back to dim.
    output = take(heads * head_dim, dim)
    input_norm = take(1, dim)
    # Up comes before the gate, and nothing but this order tells them apart.
    up = take(dim, inter)
    gate = take(dim, inter)
    down = take(inter, dim)
    post_norm = take(1, dim)

    # Hugging Face's order. PyTorch stores (out, in), so every matrix is transposed: rows are now what it makes.
    matrices = [kernel.T for kernel in [query, key, value, output, gate, up, down]]
    # A norm has one axis, so there is nothing to transpose.
    arrays = [*matrices, input_norm, post_norm]
    return jnp.asarray(np.concatenate([array.reshape(-1) for array in arrays]))
