//! Cuts the key weight into heads // kv_heads heads.

use ndarray::Array1;

pub fn meta_permute(
    w: &Array1<f32>,
    heads: usize,
    kv_heads: usize,
    is_key: bool,
    rows: usize,
    cols: usize,
) -> Array1<f32> {
    let count = if is_key { heads / kv_heads } else { heads };
    let pairs = w.to_shape((count, rows / count / 2, 2, cols)).unwrap();
    pairs.permuted_axes([0, 2, 1, 3]).flatten().into_owned()
}
