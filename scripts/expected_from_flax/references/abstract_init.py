"""An abstract nnx model that is filled in place, through attributes; the header is read by hand, and names are converted to paths."""

import json
import re

import jax
import jax.numpy as jnp
import ml_dtypes
import numpy as np
from flax import nnx

TYPES = {"F32": np.float32, "BF16": ml_dtypes.bfloat16, "F16": np.float16}
NAME = re.compile(r"model\.((?:layers\.\d+\.)?norm|layers\.\d+\.(?:o|up|down)_proj|embed_tokens)\.weight|(lm_head)\.weight")
LEAVES = {"norm": "scale", "embed_tokens": "embedding"}


def skeleton(hidden, inter, layers, vocab, tied):
    """Nested containers of nnx; no class from the answer."""
    rngs = nnx.Rngs(0)
    linear = lambda *sizes: nnx.Linear(*sizes, use_bias=False, rngs=rngs)
    norm = lambda: nnx.RMSNorm(hidden, rngs=rngs)
    layer = lambda: nnx.Dict(norm=norm(), o_proj=linear(hidden, hidden), up_proj=linear(hidden, inter), down_proj=linear(inter, hidden))
    head = {} if tied else {"lm_head": linear(hidden, vocab)}
    return nnx.Dict(embed_tokens=nnx.Embed(vocab, hidden, rngs=rngs), layers=nnx.List([layer() for _ in range(layers)]), norm=norm(), **head)


def placed(name):
    """The path that a name stands for, or `None`."""
    match = NAME.fullmatch(name)
    if match is None:
        return None
    parts = (match[1] or match[2]).split(".")
    return (*(int(part) if part.isdigit() else part for part in parts), LEAVES.get(parts[-1], "kernel"))


def abstract_init(file, hidden, inter, layers, vocab, tied, dtype):
    model = nnx.eval_shape(lambda: skeleton(hidden, inter, layers, vocab, tied))
    variables = {path: variable for path, variable in nnx.iter_graph(model) if isinstance(variable, nnx.Param)}
    # Every step of a path as a pair, so that numbers sort by size and are never compared with a name.
    order = sorted(variables, key=lambda path: [(isinstance(part, str), part) for part in path])
    length = int.from_bytes(file[:8], "little")
    header = json.loads(file[8:8 + length])
    header.pop("__metadata__", None)
    faults = []
    for name, info in header.items():
        path = placed(name)
        if path not in variables:
            faults.append((1, name, f"surplus {name}"))
            continue
        begin, end = (8 + length + offset for offset in info["data_offsets"])
        array = np.frombuffer(file[begin:end], TYPES[info["dtype"]]).reshape(info["shape"])
        array = np.moveaxis(array, 0, -1) if path[-1] == "kernel" else array
        want, got = ("x".join(str(size) for size in shape) for shape in (variables[path].shape, array.shape))
        place, text = order.index(path), "/".join(str(part) for part in path)
        if want != got:
            faults.append((2, place, f"shape {text} want {want} got {got}"))
        if info["dtype"] != dtype:
            faults.append((3, place, f"dtype {text} want {dtype} got {info['dtype']}"))
        variables[path].set_value(jnp.asarray(array))
    for place, path in enumerate(order):
        if isinstance(variables[path].get_value(), jax.ShapeDtypeStruct):
            faults.append((0, place, "missing " + "/".join(str(part) for part in path)))
    if faults:
        return "\n".join([line for *_, line in sorted(faults, key=lambda fault: fault[:2])] + ["refused"])
    lines = []
    for path in order:
        array = np.asarray(variables[path].get_value())
        total = sum(place * int(number) for place, number in enumerate(array.ravel().tolist(), 1))
        lines.append(f"{'/'.join(str(part) for part in path)} {'x'.join(str(size) for size in array.shape)} {total}")
    return "\n".join(lines + ["loaded"])
