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

    # Inside `eval_shape` a variable gets a shape and a dtype, but no values: nothing is drawn and nothing is allocated.
    graphdef, state = nnx.split(nnx.eval_shape(build))
    wanted = dict(nnx.to_flat_state(state))
    # Maps each name in the file to a dict with "dtype", "shape" and "data".
    found = dict(safetensors.deserialize(file))

    # Each path is converted to a name, so no digit has to be parsed, and the model alone decides what belongs to it. If the
    # file of a tied model contains a head, that head is surplus.
    names = {path: file_name(path) for path in wanted}

    # Compare from both sides, because neither list of names shows what only the other one contains.
    missing = [f"missing {text(path)}" for path, name in names.items() if name not in found]
    surplus = [f"surplus {name}" for name in sorted(found.keys() - set(names.values()))]

    # Shapes and dtypes are in the header, so no number is read before the whole file is known to fit.
    shapes, dtypes = [], []
    for path, variable in wanted.items():
        tensor = found.get(names[path])
        if tensor is None:
            continue
        # The tensor's shape in the model. Only kernels are transposed: the embedding is a table in both libraries.
        got = tuple(reversed(tensor["shape"]) if is_kernel(path) else tensor["shape"])
        if got != variable.shape:
            shapes.append(f"shape {text(path)} want {dims(variable.shape)} got {dims(got)}")
        # `merge` would accept another type without an error, and so would a conversion.
        if tensor["dtype"] != dtype:
            dtypes.append(f"dtype {text(path)} want {dtype} got {tensor['dtype']}")

    faults = missing + surplus + shapes + dtypes
    if faults:
        return "\n".join([*faults, "refused"])

    # Everything fits, so every abstract leaf gets an array. A square kernel is transposed, too, although it fits either way.
    loaded = {}
    for path, variable in wanted.items():
        array = read(found[names[path]])
        loaded[path] = variable.replace(array.T if is_kernel(path) else array)

    return report(nnx.merge(graphdef, nnx.from_flat_state(loaded)))


def file_name(path: tuple) -> str:
    """What the file calls the parameter at this path."""
    module = ".".join(map(str, path[:-1]))
    return f"{module}.weight" if module == "lm_head" else f"model.{module}.weight"


def is_kernel(path: tuple) -> bool:
    """Whether PyTorch stores the parameter at this path transposed."""
    return path[-1] == "kernel"


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
