//! Copies the weight, as is right for values.

use ndarray::Array1;

pub fn meta_permute(
    w: &Array1<f32>,
    _heads: usize,
    _kv_heads: usize,
    _is_key: bool,
    _rows: usize,
    _cols: usize,
) -> Array1<f32> {
    w.clone()
}
