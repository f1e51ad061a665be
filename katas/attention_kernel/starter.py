import jax


def attention_kernel(
    w: jax.Array,
    embed: int,
    heads: int,
    head_dim: int,
    layout: int,
) -> jax.Array:
    """Converts a PyTorch attention weight to Flax kernels, by the layout of its file.

    Layouts 0 and 1 give one kernel; 2, 3 and 4 give the kernels of q, k and v, one after another. The result is flat.
    """
    match layout:
        case 0:
            raise NotImplementedError(f"a query weight to ({embed}, {heads}, {head_dim}): {w}")
        case 1:
            raise NotImplementedError(f"an output weight to ({heads}, {head_dim}, {embed}): {w}")
        case 2:
            raise NotImplementedError(f"rows in three blocks to 3 kernels ({embed}, {heads}, {head_dim}): {w}")
        case 3:
            raise NotImplementedError(f"rows in triples to 3 kernels ({embed}, {heads}, {head_dim}): {w}")
        case 4:
            raise NotImplementedError(f"columns in three blocks to 3 kernels ({embed}, {heads}, {head_dim}): {w}")
        case _:
            raise ValueError(f"there is no layout {layout}")
