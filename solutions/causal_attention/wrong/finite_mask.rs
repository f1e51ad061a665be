//! Masks with a number that is not low enough.

use ndarray::{Array1, Array3, ArrayViewMut1, Axis, s};

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
    let mut out = Array3::zeros((seq, heads, head_dim));
    for h in 0..heads {
        let kv = h / (heads / kv_heads);
        let mut scores = q.index_axis(Axis(0), h).dot(&k.index_axis(Axis(0), kv).t());
        scores /= (head_dim as f32).sqrt();
        for (i, mut row) in scores.rows_mut().into_iter().enumerate() {
            // The mistake: scores may be lower than this.
            row.slice_mut(s![i + 1..]).fill(-100.0);
            softmax(row);
        }
        let summed = scores.dot(&v.index_axis(Axis(0), kv));
        out.slice_mut(s![.., h, ..]).assign(&summed);
    }
    out.flatten().into_owned()
}

fn softmax(mut row: ArrayViewMut1<f32>) {
    let largest = row.fold(f32::NEG_INFINITY, |largest, &score| largest.max(score));
    row.mapv_inplace(|score| (score - largest).exp());
    let sum = row.sum();
    row /= sum;
}
