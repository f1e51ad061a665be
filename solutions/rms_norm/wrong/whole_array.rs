//! Takes one mean square over all rows.

use ndarray::Array1;

pub fn rms_norm(
    x: &Array1<f32>,
    weight: &Array1<f32>,
    eps: f32,
    rows: usize,
    dim: usize,
) -> Array1<f32> {
    let mut x = x.to_shape((rows, dim)).unwrap().into_owned();
    let mean_square = x.iter().map(|number| number * number).sum::<f32>() / (rows * dim) as f32;
    for mut row in x.rows_mut() {
        let scale = 1.0 / (mean_square + eps).sqrt();
        row.zip_mut_with(weight, |number, weight| *number *= scale * weight);
    }
    x.flatten().into_owned()
}
