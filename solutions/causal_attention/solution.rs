use ndarray::{Array1, Array3, ArrayViewMut1, Axis, s};

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

    // The axis of the heads comes second, so that the heads of one token end up side by side.
    let mut out = Array3::zeros((seq, heads, head_dim));
    for h in 0..heads {
        // Neighboring query heads share a key head and a value head, as in `repeat_kv`.
        let kv = h / (heads / kv_heads);

        // Row i, column j is the score of query i and key j. The scale is applied here, and nowhere else.
        let mut scores = q.index_axis(Axis(0), h).dot(&k.index_axis(Axis(0), kv).t());
        scores /= (head_dim as f32).sqrt();

        for (i, mut row) in scores.rows_mut().into_iter().enumerate() {
            // Query i sees keys 0 to i. The rest are masked before the softmax, so that the weights of keys 0 to i sum to 1.
            row.slice_mut(s![i + 1..]).fill(f32::NEG_INFINITY);
            softmax(row);
        }

        let summed = scores.dot(&v.index_axis(Axis(0), kv));
        out.slice_mut(s![.., h, ..]).assign(&summed);
    }
    out.flatten().into_owned()
}

/// Turns scores into weights that sum to 1. The largest score becomes exp(0), so nothing overflows.
fn softmax(mut row: ArrayViewMut1<f32>) {
    let largest = row.fold(f32::NEG_INFINITY, |largest, &score| largest.max(score));
    row.mapv_inplace(|score| (score - largest).exp());
    let sum = row.sum();
    row /= sum;
}
