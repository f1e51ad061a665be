use ndarray::Array1;

pub fn answer(_count: usize) -> Array1<f64> {
    todo!()
}
