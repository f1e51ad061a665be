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

    let query = take(dim, heads * head_dim);

    todo!(
        "take the other eight arrays, with {kv_heads} key heads and {inter} units in the MLP, after {query}"
    )
}
