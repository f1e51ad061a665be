use ndarray::Array1;

/// Puts the rows of a query or key weight of Meta into the order of Hugging Face, head by head.
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
    // How many heads this weight holds. A key has its own number, which is neither heads nor heads / kv_heads.
    let count = if is_key { kv_heads } else { heads };

    // Meta's order, with its axes named: in each head one pair after another, and in each pair its two partners.
    let pairs = w.to_shape((count, rows / count / 2, 2, cols)).unwrap();

    // Hugging Face has all first partners of a head, then all second partners, so these two axes change places.
    // The heads stay the slowest axis: no row leaves its head.
    pairs.permuted_axes([0, 2, 1, 3]).flatten().into_owned()
}
