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
    match layout {
        0 => todo!("a query weight to ({embed}, {heads}, {head_dim}): {w}"),
        1 => todo!("an output weight to ({heads}, {head_dim}, {embed}): {w}"),
        2 => todo!("rows in three blocks to 3 kernels ({embed}, {heads}, {head_dim}): {w}"),
        3 => todo!("rows in triples to 3 kernels ({embed}, {heads}, {head_dim}): {w}"),
        4 => todo!("columns in three blocks to 3 kernels ({embed}, {heads}, {head_dim}): {w}"),
        _ => panic!("there is no layout {layout}"),
    }
}
