//! Repeats every number.

use ndarray::{Array1, Array3};

pub fn repeat_kv(
    kv: &Array1<f32>,
    kv_heads: usize,
    seq: usize,
    head_dim: usize,
    n_rep: usize,
) -> Array1<f32> {
    let heads = kv.to_shape((kv_heads, seq, head_dim)).unwrap();
    let repeated = Array3::from_shape_fn((kv_heads, seq, head_dim * n_rep), |(h, s, d)| {
        heads[[h, s, d / n_rep]]
    });
    repeated.flatten().into_owned()
}
