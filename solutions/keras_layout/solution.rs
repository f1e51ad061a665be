use ndarray::{Array1, Axis};

/// Puts the nine arrays of a Keras Hub layer into the order and the layout of Hugging Face.
///
/// The result is flat: q, k, v, o, gate, up and down as PyTorch's (out, in), then the two norms.
pub fn keras_layout(
    weights: &Array1<f32>,
    dim: usize,
    heads: usize,
    kv_heads: usize,
    head_dim: usize,
    inter: usize,
) -> Array1<f32> {
    // The next `rows * columns` numbers, as a matrix.
    let mut rest = weights.view();
    let mut take = |rows: usize, columns: usize| {
        let (numbers, behind) = rest.split_at(Axis(0), rows * columns);
        rest = behind;
        numbers.into_shape_with_order((rows, columns)).unwrap()
    };

    // This is Keras's order. The inputs of a kernel come first: they are the rows. Joining (heads, head_dim) moves no number.
    let query = take(dim, heads * head_dim);
    let key = take(dim, kv_heads * head_dim);
    let value = take(dim, kv_heads * head_dim);
    // This kernel maps the heads back to dim.
    let output = take(heads * head_dim, dim);
    let input_norm = take(1, dim);
    // Up comes before the gate, and only this order distinguishes them.
    let up = take(dim, inter);
    let gate = take(dim, inter);
    let down = take(inter, dim);
    let post_norm = take(1, dim);

    // This is Hugging Face's order. PyTorch stores (out, in), so every matrix is transposed: the rows are now the outputs.
    let mut hf = Vec::with_capacity(weights.len());
    for kernel in [query, key, value, output, gate, up, down] {
        hf.extend(kernel.t().iter());
    }
    // A norm has one axis, so there is nothing to transpose.
    hf.extend(input_norm.iter());
    hf.extend(post_norm.iter());
    Array1::from(hf)
}
