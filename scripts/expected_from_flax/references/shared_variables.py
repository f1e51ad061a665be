"""What Flax does: once through the variables of a whole model in a dict, and once through arithmetic on the kernel that it drew."""

import jax
import jax.numpy as jnp
import numpy as np
from flax import nnx


def shared_variables(seed, x, features):
    rngs = nnx.Rngs(seed)
    up = nnx.Linear(x.size, features, rngs=rngs)
    down = nnx.Linear(x.size, features, rngs=rngs)
    drawn = np.asarray(up.kernel[...])
    down.kernel = up.kernel
    model = nnx.Dict(up=up, down=down)
    copy = nnx.clone(model)
    parts = nnx.split(model)
    leaves = [np.size(leaf) for leaf in jax.tree.leaves(parts[1])]
    merged, separate = nnx.merge(*parts), nnx.merge(*parts, copy=True)
    assert merged.up.kernel is up.kernel and separate.up.kernel is not up.kernel and copy.up.kernel is copy.down.kernel
    merged.up.bias.set_value(merged.up.bias[...] + 1)
    merged.down.kernel.set_value(merged.down.kernel[...] * 2)
    separate.up.bias.set_value(separate.up.bias[...] - 1)
    copy.down.kernel.set_value(copy.down.kernel[...] * 4)
    outputs = [model.up(x), separate.up(x), copy.up(x)]
    y = (drawn * np.asarray(x)[:, None]).sum(0, dtype=np.float32)
    assert all(np.array_equal(a, b) for a, b in zip(outputs, [2 * y + 1, y - 1, 4 * y]))
    return jnp.concatenate([*outputs, jnp.array([len(leaves), leaves[0], sum(leaves)], jnp.float32)])
