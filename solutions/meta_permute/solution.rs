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
    // The number of heads in this weight. For a key weight, it is kv_heads, which is neither heads nor heads / kv_heads.
    let count = if is_key { kv_heads } else { heads };

    // Meta's order as axes: each head contains one pair after another, and each pair contains its two partners.
    let pairs = w.to_shape((count, rows / count / 2, 2, cols)).unwrap();

    // Hugging Face stores all first partners of a head, then all second ones, so the axes of pairs and partners are swapped.
    // The axis of the heads stays first, so no row leaves its head.
    pairs.permuted_axes([0, 2, 1, 3]).flatten().into_owned()
}
