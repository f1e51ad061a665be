//! Moves the rows from halves to pairs.

use ndarray::Array1;

pub fn meta_permute(
    w: &Array1<f32>,
    heads: usize,
    kv_heads: usize,
    is_key: bool,
    rows: usize,
    cols: usize,
) -> Array1<f32> {
    let count = if is_key { kv_heads } else { heads };
    let halves = w.to_shape((count, 2, rows / count / 2, cols)).unwrap();
    halves.permuted_axes([0, 2, 1, 3]).flatten().into_owned()
}
