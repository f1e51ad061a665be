use ndarray::Array1;

/// Computes causal attention with `heads` query heads that share `kv_heads` key and value heads.
///
/// `q` is (heads, seq, head_dim), `k` and `v` are (kv_heads, seq, head_dim), each as a flat array; the result is
/// (seq, heads * head_dim), flat as well.
pub fn causal_attention(
    q: &Array1<f32>,
    k: &Array1<f32>,
    v: &Array1<f32>,
    heads: usize,
    kv_heads: usize,
    seq: usize,
    head_dim: usize,
) -> Array1<f32> {
    let q = q.to_shape((heads, seq, head_dim)).unwrap();
    let k = k.to_shape((kv_heads, seq, head_dim)).unwrap();
    let v = v.to_shape((kv_heads, seq, head_dim)).unwrap();

    todo!("attend with the queries {q} to the keys {k} and sum the values {v}")
}
