//! Expects both norms behind the matrices.

use ndarray::{Array1, Axis};

pub fn keras_layout(
    weights: &Array1<f32>,
    dim: usize,
    heads: usize,
    kv_heads: usize,
    head_dim: usize,
    inter: usize,
) -> Array1<f32> {
    let mut rest = weights.view();
    let mut take = |rows: usize, columns: usize| {
        let (numbers, behind) = rest.split_at(Axis(0), rows * columns);
        rest = behind;
        numbers.into_shape_with_order((rows, columns)).unwrap()
    };
    let query = take(dim, heads * head_dim);
    let key = take(dim, kv_heads * head_dim);
    let value = take(dim, kv_heads * head_dim);
    let output = take(heads * head_dim, dim);
    let up = take(dim, inter);
    let gate = take(dim, inter);
    let down = take(inter, dim);
    let input_norm = take(1, dim);
    let post_norm = take(1, dim);

    let mut hf = Vec::with_capacity(weights.len());
    hf.extend(query.t().iter());
    hf.extend(key.t().iter());
    hf.extend(value.t().iter());
    hf.extend(output.t().iter());
    hf.extend(gate.t().iter());
    hf.extend(up.t().iter());
    hf.extend(down.t().iter());
    hf.extend(input_norm.iter());
    hf.extend(post_norm.iter());
    Array1::from(hf)
}
