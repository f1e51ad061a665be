use ndarray::Array1;

/// Puts the rows of Meta's query or key weight into Hugging Face's order, head by head.
///
/// `w` is (rows, cols), row by row; so is the result.
pub fn meta_permute(
    w: &Array1<f32>,
    heads: usize,
    kv_heads: usize,
    is_key: bool,
    rows: usize,
    cols: usize,
) -> Array1<f32> {
    let weight = w.to_shape((rows, cols)).unwrap();

    todo!("reorder the rows for {heads} query or {kv_heads} key heads (is_key: {is_key}): {weight}")
}
