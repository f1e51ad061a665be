//! Splits each projection as (head_dim, heads).

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
            let axes = w.to_shape((head_dim, heads, embed)).unwrap();
            axes.permuted_axes([2, 1, 0]).flatten().into_owned()
        }
        1 => {
            let axes = w.to_shape((embed, head_dim, heads)).unwrap();
            axes.permuted_axes([2, 1, 0]).flatten().into_owned()
        }
        2 => {
            let axes = w.to_shape((3, head_dim, heads, embed)).unwrap();
            axes.permuted_axes([0, 3, 2, 1]).flatten().into_owned()
        }
        3 => {
            let axes = w.to_shape((head_dim, 3, heads, embed)).unwrap();
            axes.permuted_axes([1, 3, 2, 0]).flatten().into_owned()
        }
        4 => {
            let axes = w.to_shape((embed, 3, head_dim, heads)).unwrap();
            axes.permuted_axes([1, 0, 3, 2]).flatten().into_owned()
        }
        _ => panic!("there is no layout {layout}"),
    }
}
