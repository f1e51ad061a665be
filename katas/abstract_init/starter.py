import functools
from collections.abc import Iterable

import jax
import jax.numpy as jnp
import ml_dtypes
import numpy as np
import safetensors
from flax import nnx


class Layer(nnx.Module):
    def __init__(self, hidden: int, inter: int, rngs: nnx.Rngs):
        linear = functools.partial(nnx.Linear, use_bias=False, rngs=rngs)
        self.norm = nnx.RMSNorm(hidden, rngs=rngs)
        self.o_proj = linear(hidden, hidden)
        self.up_proj = linear(hidden, inter)
        self.down_proj = linear(inter, hidden)


class Model(nnx.Module):
    def __init__(self, hidden: int, inter: int, layers: int, vocab: int, tied: bool, rngs: nnx.Rngs):
        self.embed_tokens = nnx.Embed(vocab, hidden, rngs=rngs)
        self.layers = nnx.List([Layer(hidden, inter, rngs) for _ in range(layers)])
        self.norm = nnx.RMSNorm(hidden, rngs=rngs)
        # A tied model uses the embedding table as its head.
        if not tied:
            self.lm_head = nnx.Linear(hidden, vocab, use_bias=False, rngs=rngs)


def abstract_init(
    file: bytes,
    hidden: int,
    inter: int,
    layers: int,
    vocab: int,
    tied: bool,
    dtype: str,
) -> str:
    """Loads a safetensors file into a model without drawing any initial value.

    Returns the report of the loaded model, or every fault of the file. `dtype` is "F32" or "BF16".
    """

    def build():
        return Model(hidden, inter, layers, vocab, tied, nnx.Rngs(0))

    model = build()
    # Each name of the file with a dict: "dtype", "shape" and "data".
    found = dict(safetensors.deserialize(file))

    raise NotImplementedError(f"load {len(found)} tensors, all {dtype}, in place of these:\n{report(model)}")


def report(model: nnx.Module) -> str:
    """Each path of the model with its shape and the sum of its numbers, each multiplied by its place."""
    leaves = nnx.to_flat_state(nnx.state(model))
    lines = [f"{text(path)} {dims(variable.shape)} {place_sum(variable)}" for path, variable in leaves]
    return "\n".join([*lines, "loaded"])


def text(path: tuple) -> str:
    """layers/0/norm/scale for ("layers", 0, "norm", "scale")."""
    return "/".join(map(str, path))


def dims(shape: Iterable[int]) -> str:
    """4x2 for (4, 2)."""
    return "x".join(map(str, shape))


def place_sum(variable: nnx.Variable) -> int:
    """1 * the first number + 2 * the second + 3 * the third ..., row by row."""
    numbers = np.asarray(variable[...], np.float64).reshape(-1)
    return int(numbers @ np.arange(1, numbers.size + 1))


def read(tensor: dict) -> jax.Array:
    """The numbers of a tensor of the file, in its own type."""
    types = {"F32": np.float32, "F16": np.float16, "BF16": ml_dtypes.bfloat16}
    numbers = np.frombuffer(tensor["data"], types[tensor["dtype"]])
    return jnp.asarray(numbers.reshape(tensor["shape"]))
