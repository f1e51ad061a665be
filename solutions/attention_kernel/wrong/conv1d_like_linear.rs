//! Reads a Conv1D as a Linear, with one row for each output.

use ndarray::Array1;

pub fn attention_kernel(
    w: &Array1<f32>,
    embed: usize,
    heads: usize,
    head_dim: usize,
    layout: usize,
) -> Array1<f32> {
    match layout {
        0 => {
            let axes = w.to_shape((heads, head_dim, embed)).unwrap();
            axes.permuted_axes([2, 0, 1]).flatten().into_owned()
        }
        1 => {
            let axes = w.to_shape((embed, heads, head_dim)).unwrap();
            axes.permuted_axes([1, 2, 0]).flatten().into_owned()
        }
        2 => {
            let axes = w.to_shape((3, heads, head_dim, embed)).unwrap();
            axes.permuted_axes([0, 3, 1, 2]).flatten().into_owned()
        }
        3 => {
            let axes = w.to_shape((heads, 3, head_dim, embed)).unwrap();
            axes.permuted_axes([1, 3, 0, 2]).flatten().into_owned()
        }
        4 => {
            let axes = w.to_shape((3, heads, head_dim, embed)).unwrap();
            axes.permuted_axes([0, 3, 1, 2]).flatten().into_owned()
        }
        _ => panic!("there is no layout {layout}"),
    }
}
