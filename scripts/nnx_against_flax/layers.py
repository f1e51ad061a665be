"""Fresh layers of real Flax besides Linear and Embed, with the orders that make nnx/examples/draw do the same.

A layer's initial variables are compared bit for bit. So is its output if every step is exact (small dyadic numbers), or in one
fixed order. Other outputs have a limit in ulp of their greatest value, which the documentation of the layer states.
"""

import dataclasses
import math


@dataclasses.dataclass
class Near:
    """An array that is compared in ulp of its greatest magnitude."""
    array: object
    limit: float


def rms_norms(chance, numbers):
    from flax import nnx
    for shape in norm_shapes(chance):
        for use_scale in (True, True, False):
            options = {"num_features": shape[-1], "epsilon": chance.choice((1e-6, 1e-5)), "use_scale": use_scale}
            x = spread(numbers, shape)
            yield of(nnx.RMSNorm, chance, numbers, options, [x], 4)
    for shape in exact_shapes(chance):
        yield of(nnx.RMSNorm, chance, dyadic, {"num_features": shape[-1], "epsilon": 0.0}, [signs(numbers, shape, 0)], 0)


def layer_norms(chance, numbers):
    from flax import nnx
    for shape in norm_shapes(chance):
        for use_scale, use_bias in ((True, True), (True, False), (False, True), (False, False)):
            options = {"num_features": shape[-1], "epsilon": chance.choice((1e-6, 1e-5)), "use_scale": use_scale,
                       "use_bias": use_bias, "use_fast_variance": chance.random() < 0.5}
            x = spread(numbers, shape)
            yield of(nnx.LayerNorm, chance, numbers, options, [x], 4)
    for shape in exact_shapes(chance):
        for fast in (True, False):
            options = {"num_features": shape[-1], "epsilon": 0.0, "use_fast_variance": fast}
            yield of(nnx.LayerNorm, chance, dyadic, options, [signs(numbers, shape, 3)], 0)


def batch_norms(chance, numbers):
    """Also the running statistics after the call: those of a batch have JAX's order only up to two dimensions."""
    from flax import nnx
    for shape in norm_shapes(chance):
        for running in (True, False):
            options = {"num_features": shape[-1], "momentum": chance.choice((0.99, 0.9)), "use_scale": chance.random() < 0.8,
                       "use_bias": chance.random() < 0.8, "use_running_average": running, "use_fast_variance": chance.random() < 0.5}
            x = numbers.standard_normal(shape, "float32") + 1
            yield of(nnx.BatchNorm, chance, numbers, options, [x], 8, after=0 if running else 4)
    for shape in exact_shapes(chance):
        options = {"num_features": shape[0], "epsilon": 0.0, "momentum": 0.5, "use_fast_variance": chance.random() < 0.5}
        yield of(nnx.BatchNorm, chance, dyadic, options, [signs(numbers, shape, 3).T], 0)


def convolutions(chance, numbers):
    """Small dyadic numbers bit for bit; others in ulp, since XLA chooses the order of their sums by CPU."""
    from flax import nnx
    for turn in range(30):
        dims, groups = chance.choice((1, 2, 2, 3)), chance.choice((1, 1, 2, 3))
        kernel = [chance.randint(1, 4) for _ in range(dims)]
        options = {"in_features": groups * chance.randint(1, 4), "out_features": groups * chance.randint(1, 5), "kernel_size": kernel,
                   "strides": [chance.randint(1, 3) for _ in range(dims)], "kernel_dilation": [chance.choice((1, 1, 2)) for _ in range(dims)],
                   "padding": chance.choice(("SAME", "VALID", [(chance.randint(0, 3), chance.randint(0, 3)) for _ in range(dims)])),
                   "feature_group_count": groups, "use_bias": chance.random() < 0.8}
        batch = [chance.randint(1, 3) for _ in range(chance.choice((0, 1, 1, 2)))]
        shape = (*batch, *(chance.randint(8, 11) for _ in range(dims)), options["in_features"])
        source, limit = (dyadic, 0) if turn % 2 else (numbers, 8)
        yield of(nnx.Conv, chance, source, options, [source.standard_normal(shape, "float32")], limit)


def general_linears(chance, numbers):
    from flax import nnx
    for turn in range(30):
        shape = tuple(chance.randint(1, 6) for _ in range(chance.choice((2, 3, 4))))
        axes = sorted(chance.sample(range(len(shape)), chance.randint(1, len(shape) - 1)))
        options = {"in_features": tuple(shape[axis] for axis in axes), "axis": tuple(chance.choice((axis, axis - len(shape))) for axis in axes),
                   "out_features": tuple(chance.randint(1, 6) for _ in range(chance.choice((1, 2)))), "use_bias": chance.random() < 0.8}
        source, limit = (dyadic, 0) if turn % 2 else (numbers, 4)
        yield of(nnx.LinearGeneral, chance, source, options, [source.standard_normal(shape, "float32")], limit)


def attentions(chance, numbers):
    """In ulp with scores of about 1; bit for bit if each query sees one key or none, or if XLA multiplies in one loop on every CPU."""
    from flax import nnx
    import numpy as np
    # Heads, sizes in, inside and out, batch, queries, keys. Few shapes, because real JAX compiles about 40 operations for each.
    naive = [(2, 2, 4, 3, (), 3, 2), (2, 3, 6, 3, (), 2, 3), (3, 1, 3, 4, (2,), 1, 3), (1, 2, 3, 3, (2, 1), 3, 3)]
    for heads, inputs, inside, outputs, batch, queries, keys in naive:
        options = attention_options(heads, inputs, inside, outputs, chance.random() < 0.5)
        for given in (2, 3, 4):  # q, k, v and a mask
            arrays = attention_inputs(numbers, options, batch, queries, keys)[:given]
            if given == 4:
                arrays[3] = np.float32(numbers.random((queries, keys)) < 0.7)
            yield of(nnx.MultiHeadAttention, chance, numbers, options, arrays, 0, call=attended)
    for turn in range(6):
        heads, queries, keys = chance.randint(1, 4), chance.randint(1, 12), chance.choice((1, 2, 4, 8))
        inside, batch = heads * chance.randint(1, 40), tuple(chance.randint(1, 3) for _ in range(turn % 3))
        options = attention_options(heads, chance.randint(1, 16), inside, chance.randint(4, 16), turn % 3 > 0)
        masks = [(queries, keys), (heads, queries, keys), (*batch, 1, queries, keys), (*batch, heads, queries, keys)]
        for given in (1, 2, 3, 4, 4):
            arrays = attention_inputs(numbers, options, batch, queries, keys)[:given]
            if given == 4:
                arrays[3] = np.float32(numbers.random(chance.choice(masks)) < 0.7)
            yield of(nnx.MultiHeadAttention, chance, numbers, options, arrays, 16, call=attended)
        # An index of a key, or one past the last for none: then the query sees 2^n keys equally.
        seen = numbers.integers(0, keys + 1, masks[3][:-1])
        mask = np.float32(seen[..., None] == np.arange(keys))
        # Permuted, because dyadic arrays of one size are equal.
        arrays = [numbers.permuted(dyadic.standard_normal(x.shape, "float32")) for x in arrays[:3]]
        yield of(nnx.MultiHeadAttention, chance, dyadic, options, [*arrays, mask], 0, call=attended)


def attention_options(heads, inputs, inside, outputs, use_bias):
    return {"num_heads": heads, "in_features": inputs, "qkv_features": inside, "out_features": outputs, "use_bias": use_bias,
            "decode": False}


def attention_inputs(numbers, options, batch, queries, keys):
    """q, k and v of a size that gives scores of about 1, and a place for a mask."""
    import numpy as np
    size = np.float32(options["in_features"] ** -0.5)
    arrays = [numbers.standard_normal((*batch, length, options["in_features"]), np.float32) * size for length in (queries, keys, keys)]
    return [*arrays, None]


def attended(model, q, k=None, v=None, mask=None):
    return model(q, k, v, mask=mask)


def norm_shapes(chance):
    yield from [(1,), (2,), (33,), (1, 5), (2, 3, 4), (4, 64)]
    for _ in range(14):
        yield (chance.randint(1, 300),)
        yield (chance.randint(1, 9), chance.randint(1, 256))


def exact_shapes(chance):
    """Even numbers of features that are powers of two, so that means are exact."""
    for _ in range(10):
        yield (chance.randint(1, 5), 2 ** chance.randint(1, 7))


def spread(numbers, shape):
    """Normally distributed vectors with means and sizes of many magnitudes."""
    import numpy as np
    row = shape[:-1] + (1,)
    x = numbers.standard_normal(shape) + numbers.standard_normal(row)
    return (x * 2.0 ** numbers.integers(-4, 5, row)).astype(np.float32)


def signs(numbers, shape, mean):
    """Vectors of mean +- 2^k, with equally many of each sign: variance 4^k."""
    import numpy as np
    half = np.repeat(np.float32([1, -1]), shape[-1] // 2)
    rows = [numbers.permutation(half) * 2.0 ** numbers.integers(-2, 3) + mean for _ in range(math.prod(shape[:-1]))]
    return np.float32(rows).reshape(shape)


class dyadic:  # noqa: N801 - used in place of a NumPy generator
    """Small multiples of 1/4, in which sums and products are exact."""

    @staticmethod
    def standard_normal(shape, dtype):
        import numpy as np
        return np.random.default_rng(math.prod(shape)).integers(-8, 9, shape).astype(dtype) / 4


def of(layer, chance, numbers, options, inputs, limit, after=0, call=None):
    """A comparison of one layer, with its initial variables and with drawn ones."""
    import jax.numpy as jnp
    from flax import nnx
    seed = chance.randint(0, 2**32 - 1)
    model = layer(**options, rngs=nnx.Rngs(seed))
    leaves = [leaf for _, leaf in nnx.to_flat_state(nnx.state(model))]
    initial = [leaf[...] for leaf in leaves]
    given = [drawn(path, leaf[...].shape, numbers) for path, leaf in nnx.to_flat_state(nnx.state(model))]
    for leaf, value in zip(leaves, given):
        leaf[...] = jnp.asarray(value)
    y = model(*map(jnp.asarray, inputs)) if call is None else call(model, *map(jnp.asarray, inputs))
    at_end = [leaf[...] for leaf in leaves]
    order = ["layer", layer.__name__, f"default={seed}", ",".join(f"{name}={text(value)}" for name, value in options.items()),
             ";".join(map(written, inputs)) or "-", ";".join(map(written, given)) or "-"]
    near = lambda array, limit: Near(array, limit) if limit else array  # noqa: E731
    return layer.__name__, order, [*initial, near(y, limit), *(near(array, after) for array in at_end)]


def drawn(path, shape, numbers):
    """A value for a variable; a variance is positive."""
    import numpy as np
    value = numbers.standard_normal(shape, np.float32)
    return np.abs(value) + np.float32(0.5) if path[-1] == "var" else value


def text(value):
    if isinstance(value, (bool, int)):
        return str(int(value))
    if isinstance(value, (tuple, list)):
        return "/".join(map(text, value))
    return str(value)


def written(array):
    import numpy as np
    return "x".join(map(str, array.shape)) + ":" + np.ascontiguousarray(array).astype(">f4").tobytes().hex()


# (topic, order, arrays of real Flax) for each layer, by its name in Flax.
LAYERS = {
    "RMSNorm": rms_norms,
    "LayerNorm": layer_norms,
    "BatchNorm": batch_norms,
    "Conv": convolutions,
    "LinearGeneral": general_linears,
    "MultiHeadAttention": attentions,
}
