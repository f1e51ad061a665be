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
    let mut x = x.to_shape((rows, dim)).unwrap().into_owned();

    for mut row in x.rows_mut() {
        // One number for each row: the mean of the squares. The mean of the row itself is not needed.
        let mean_square = row.dot(&row) / dim as f32;

        // eps goes under the root. A row of zeros is then divided by √eps, and stays a row of zeros.
        let scale = 1.0 / (mean_square + eps).sqrt();

        // The weight has one number for each column, so each row is multiplied by the whole weight.
        row.zip_mut_with(weight, |number, weight| *number *= scale * weight);
    }
    x.flatten().into_owned()
}
