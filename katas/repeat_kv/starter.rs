use ndarray::Array1;

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
    let heads = kv.to_shape((kv_heads, seq, head_dim)).unwrap();

    todo!("repeat each head {n_rep} times: {heads}")
}
