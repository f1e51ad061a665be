"""Common operations on small shapes, run to fill the caches of JAX and XLA: nothing here depends on any answer."""

import jax
import jax.numpy as jnp
import numpy as np
from flax import linen, nnx


def of_sizes(layers: list[list[int]], lengths: list[int]) -> None:
    """Runs every operation on layers of these inputs and outputs, and on vectors of these lengths."""
    for inputs, outputs in layers:
        matrices(inputs, outputs)
        linear(inputs, outputs)
    for length in lengths:
        vectors(length)


def vectors(size: int) -> None:
    """Operations on one vector."""
    vector = jnp.asarray(np.arange(size, dtype=np.float32))
    whole = jnp.asarray(np.arange(size, dtype=np.int32))
    _ = (jnp.abs(vector), jnp.max(vector), jnp.min(vector), jnp.mean(vector), jnp.exp(vector), jnp.sqrt(vector))
    _ = (jnp.sum(vector), -vector, vector[0], vector[None, :], whole + whole, vector.astype(jnp.bfloat16))
    for other in (vector, 2.0, vector[0]):
        _ = (vector + other, vector - other, vector * other)
    jnp.stack([jnp.sum(vector), jnp.sum(vector)])
    jnp.stack([jnp.sum(vector), jnp.sum(vector), jnp.sum(vector)])
    jnp.array([jnp.sum(vector), jnp.sum(vector), 0.0])
    jnp.concatenate([vector, vector])


def matrices(rows: int, columns: int) -> None:
    """Operations on one matrix and the vectors that fit."""
    flat = jnp.asarray(np.arange(rows * columns, dtype=np.float32))
    matrix = flat.reshape(rows, columns)
    left, right = jnp.zeros(rows), jnp.zeros(columns)
    jnp.reshape(flat, (rows, columns))
    _ = (matrix.T, jnp.ravel(matrix), jnp.array(matrix), matrix[0], matrix[:, 0], matrix * 2.0, matrix + matrix)
    _ = (left @ matrix + right, matrix @ right, jnp.dot(left, matrix), matrix.T @ left, left[None, :] @ matrix)
    _ = (jnp.sum(matrix), jnp.zeros((rows, columns)), jnp.ones((rows, columns)))


def linear(inputs: int, outputs: int) -> None:
    """A linear layer of each kind: created, filled with weights, called, split and merged."""
    one, many = jnp.ones(inputs), jnp.ones((1, inputs))
    for bias in (True, False):
        model = nnx.Linear(inputs, outputs, use_bias=bias, rngs=nnx.Rngs(0))
        _ = (jnp.sum(model(one)), model(many))
        graph, state = nnx.split(model)
        merged = nnx.merge(graph, state)
        merged(one)
        merged.kernel[...] = jnp.ones((outputs, inputs)).T
        jnp.sum(merged(one))
        dense = linen.Dense(outputs, use_bias=bias)
        for given in (one, many):
            variables = dense.init(jax.random.key(0), given)
            jnp.sum(dense.apply(variables, given))
