"""Puts the list into Flax layers, which have Keras' axes; PyTorch's matrix is what each layer gives for unit vectors.

Column i of a PyTorch weight is the layer's output for unit vector i, so no weight is transposed here.
The order of the list was read from a real keras_hub Llama3Backbone, whose values are in recorded/keras_layout.json.
"""

import jax.numpy as jnp
import numpy as np
from flax import nnx


def keras_layout(weights, dim, heads, kv_heads, head_dim, inter):
    # name: (axes that are read, axes that are created); a norm creates no axis.
    arrays = {
        "query": ((dim,), (heads, head_dim)),
        "key": ((dim,), (kv_heads, head_dim)),
        "value": ((dim,), (kv_heads, head_dim)),
        "output": ((heads, head_dim), (dim,)),
        "input_norm": ((dim,), ()),
        "up": ((dim,), (inter,)),
        "gate": ((dim,), (inter,)),
        "down": ((inter,), (dim,)),
        "post_norm": ((dim,), ()),
    }
    ends = np.cumsum([np.prod(reads + makes) for reads, makes in arrays.values()])
    assert ends[-1] == len(weights)
    values = dict(zip(arrays, np.split(np.asarray(weights), ends[:-1])))
    matrices = []
    for name in ("query", "key", "value", "output", "gate", "up", "down"):
        reads, makes = arrays[name]
        layer = nnx.LinearGeneral(reads, makes, axis=tuple(range(-len(reads), 0)), use_bias=False, rngs=nnx.Rngs(0))
        layer.kernel[...] = jnp.asarray(values[name].reshape(reads + makes))
        size = int(np.prod(reads))
        columns = [np.asarray(layer(jnp.eye(1, size, i).reshape(1, *reads))).reshape(-1) for i in range(size)]
        matrices.append(np.stack(columns, axis=1).reshape(-1))
    return np.concatenate([*matrices, values["input_norm"], values["post_norm"]])
