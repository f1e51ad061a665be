use ndarray::Array1;

/// Converts a PyTorch attention weight to Flax kernels, by the layout of its file.
///
/// Layouts 0 and 1 give one kernel; 2, 3 and 4 give the kernels of q, k and v, one after another. The result is flat.
pub fn attention_kernel(
    w: &Array1<f32>,
    embed: usize,
    heads: usize,
    head_dim: usize,
    layout: usize,
) -> Array1<f32> {
    // Each layout takes two steps: name the axes as the file stores them, then put them in Flax's order.
    // `flatten` comes last. It writes the numbers in the new order; before this step, no number moves.
    match layout {
        // Row h * head_dim + d computes number d of head h. In Flax, the axis of the inputs comes first.
        0 => {
            let axes = w.to_shape((heads, head_dim, embed)).unwrap();
            axes.permuted_axes([2, 0, 1]).flatten().into_owned()
        }
        // The heads are this layer's inputs, so they are the columns of the weight. In Flax, they come first.
        1 => {
            let axes = w.to_shape((embed, heads, head_dim)).unwrap();
            axes.permuted_axes([1, 2, 0]).flatten().into_owned()
        }
        // One more axis selects q, k or v. In the result, it always comes first: all of q, then all of k, then all of v.
        // In this layout, it comes first in the file, too, so each block is like the query weight of layout 0.
        2 => {
            let axes = w.to_shape((3, heads, head_dim, embed)).unwrap();
            axes.permuted_axes([0, 3, 1, 2]).flatten().into_owned()
        }
        // In this layout, each head has its own q, k and v, so the axis of q, k and v comes after the axis of the heads.
        3 => {
            let axes = w.to_shape((heads, 3, head_dim, embed)).unwrap();
            axes.permuted_axes([1, 3, 0, 2]).flatten().into_owned()
        }
        // GPT-2's Conv1D has one row for each input, as in Flax. Only the axis of q, k and v has to move before the inputs.
        4 => {
            let axes = w.to_shape((embed, 3, heads, head_dim)).unwrap();
            axes.permuted_axes([1, 0, 2, 3]).flatten().into_owned()
        }
        _ => panic!("there is no layout {layout}"),
    }
}
