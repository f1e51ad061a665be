use ndarray::{Array1, Array3};

/// Copies every key or value head `n_rep` times.
///
/// `kv` is (kv_heads, seq, head_dim) as a flat array; the result is (kv_heads * n_rep, seq, head_dim), flat as well.
pub fn repeat_kv(
    kv: &Array1<f32>,
    kv_heads: usize,
    seq: usize,
    head_dim: usize,
    n_rep: usize,
) -> Array1<f32> {
    // Give the array its axes first: a flat array has no heads.
    let heads = kv.to_shape((kv_heads, seq, head_dim)).unwrap();

    // Query head h reads key head h / n_rep, rounded down: 0 0 1 1. With `h % kv_heads`, the order would be 0 1 0 1.
    let repeated = Array3::from_shape_fn((kv_heads * n_rep, seq, head_dim), |(h, s, d)| {
        heads[[h / n_rep, s, d]]
    });
    repeated.flatten().into_owned()
}
