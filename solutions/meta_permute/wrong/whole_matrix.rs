//! Takes the whole matrix for one head.

use ndarray::Array1;

pub fn meta_permute(
    w: &Array1<f32>,
    _heads: usize,
    _kv_heads: usize,
    _is_key: bool,
    rows: usize,
    cols: usize,
) -> Array1<f32> {
    let pairs = w.to_shape((1, rows / 2, 2, cols)).unwrap();
    pairs.permuted_axes([0, 2, 1, 3]).flatten().into_owned()
}
