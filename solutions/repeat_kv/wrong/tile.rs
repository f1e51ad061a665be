//! The heads in the order 0 1 0 1.

use ndarray::{Array1, Array3};

pub fn repeat_kv(
    kv: &Array1<f32>,
    kv_heads: usize,
    seq: usize,
    head_dim: usize,
    n_rep: usize,
) -> Array1<f32> {
    let heads = kv.to_shape((kv_heads, seq, head_dim)).unwrap();
    let tiled = Array3::from_shape_fn((kv_heads * n_rep, seq, head_dim), |(h, s, d)| {
        heads[[h % kv_heads, s, d]]
    });
    tiled.flatten().into_owned()
}
