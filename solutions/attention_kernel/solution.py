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
    # Each layout takes two steps: name the axes as the file stores them, then put them in Flax's order.
    match layout:
        # Row h * head_dim + d computes number d of head h. In Flax, the axis of the inputs comes first.
        case 0:
            kernels = w.reshape(heads, head_dim, embed).transpose(2, 0, 1)
        # The heads are this layer's inputs, so they are the columns of the weight. In Flax, they come first.
        case 1:
            kernels = w.reshape(embed, heads, head_dim).transpose(1, 2, 0)
        # One more axis selects q, k or v. In the result, it always comes first: all of q, then all of k, then all of v.
        # In this layout, it comes first in the file, too, so each block is like the query weight of layout 0.
        case 2:
            kernels = w.reshape(3, heads, head_dim, embed).transpose(0, 3, 1, 2)
        # In this layout, each head has its own q, k and v, so the axis of q, k and v comes after the axis of the heads.
        case 3:
            kernels = w.reshape(heads, 3, head_dim, embed).transpose(1, 3, 0, 2)
        # GPT-2's Conv1D has one row for each input, as in Flax. Only the axis of q, k and v has to move before the inputs.
        case 4:
            kernels = w.reshape(embed, 3, heads, head_dim).transpose(1, 0, 2, 3)
        case _:
            raise ValueError(f"there is no layout {layout}")

    # The flat array follows the new order of the axes.
    return kernels.reshape(-1)
