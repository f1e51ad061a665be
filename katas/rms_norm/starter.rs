use ndarray::Array1;

/// Divides each row of `x` by its root mean square, and multiplies each column by its weight.
///
/// `x` is (rows, dim) as a flat array, and so is the result.
pub fn rms_norm(
    x: &Array1<f32>,
    weight: &Array1<f32>,
    eps: f32,
    rows: usize,
    dim: usize,
) -> Array1<f32> {
    let x = x.to_shape((rows, dim)).unwrap();

    todo!("normalize each row with eps {eps}, then apply {weight}: {x}")
}
