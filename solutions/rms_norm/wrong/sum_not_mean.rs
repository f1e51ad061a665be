//! Divides by the length of the row: the sum of squares, not their mean.

use ndarray::Array1;

pub fn rms_norm(
    x: &Array1<f32>,
    weight: &Array1<f32>,
    eps: f32,
    rows: usize,
    dim: usize,
) -> Array1<f32> {
    let mut x = x.to_shape((rows, dim)).unwrap().into_owned();
    for mut row in x.rows_mut() {
        let mean_square = row.dot(&row);
        let scale = 1.0 / (mean_square + eps).sqrt();
        row.zip_mut_with(weight, |number, weight| *number *= scale * weight);
    }
    x.flatten().into_owned()
}
