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

    # This is Keras's order. The inputs of a kernel come first: they are the rows. Joining (heads, head_dim) moves no number.
    query = take(dim, heads * head_dim)
    key = take(dim, kv_heads * head_dim)
    value = take(dim, kv_heads * head_dim)
    # This kernel maps the heads back to dim.
    output = take(heads * head_dim, dim)
    input_norm = take(1, dim)
    # Up comes before the gate, and only this order distinguishes them.
    up = take(dim, inter)
    gate = take(dim, inter)
    down = take(inter, dim)
    post_norm = take(1, dim)

    # This is Hugging Face's order. PyTorch stores (out, in), so every matrix is transposed: the rows are now the outputs.
    matrices = [kernel.T for kernel in [query, key, value, output, gate, up, down]]
    # A norm has one axis, so there is nothing to transpose.
    arrays = [*matrices, input_norm, post_norm]
    return jnp.asarray(np.concatenate([array.reshape(-1) for array in arrays]))
